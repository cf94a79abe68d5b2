/** Turns Ctrl-C and its relatives into two wishes: stop, and the second time, hurry. */
import { say } from '../runtime/say.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Returns two abort signals. From now on no such signal ends this process by itself. */
export function stopOnSignals() {
  const stop = new AbortController()
  const hurry = new AbortController()
  for (const signal of signals) {
    process.on(signal, () => {
      if (!stop.signal.aborted) {
        say('\nStopping … (once more to hurry)')
        stop.abort()
      } else if (signal === 'SIGINT') {
        hurry.abort()
      }
    })
  }
  return { stop: stop.signal, hurry: hurry.signal }
}
