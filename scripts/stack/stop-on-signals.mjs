/** Turns Ctrl-C and its relatives into two requests: stop, and the second time, hurry. */
import { say } from '../runtime/say.mjs'
import { whenNpmEnds } from './when-npm-ends.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Returns two abort signals. From now on no such signal ends this process by itself. */
export function stopOnSignals() {
  const stop = new AbortController()
  const hurry = new AbortController()
  const askToStop = () => {
    say('\nStopping … (Ctrl-C to hurry)')
    stop.abort()
  }
  for (const signal of signals) {
    process.on(signal, () => {
      if (!stop.signal.aborted) askToStop()
      else if (signal === 'SIGINT') hurry.abort()
    })
  }
  whenNpmEnds(() => {
    if (!stop.signal.aborted) askToStop()
  })
  return { stop: stop.signal, hurry: hurry.signal }
}
