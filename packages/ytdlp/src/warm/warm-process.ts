/** Gives a waiting child its job; from then on it is the process of a job like any other. */
import { isRunning } from '@video-scraper/sandbox'
import { endOnWord, type JobProcess, orderLine, type ProcessOrder } from '../job-process.ts'
import type { WaitingChild } from './fork-server-socket.ts'

/** How often it is looked whether the child is still there, in milliseconds. Its end closes `control` at once. */
const LOOK_EVERY_MS = 1_000

/**
 * The exit code is its parent's to know, which is the zygote; so it is null here, and read from the `end` event. The end of
 * `control` tells its end, unless something that it started holds a copy; so it is looked at as well.
 */
export function startWarmProcess(
  { pid, control, events, diagnostics }: WaitingChild,
  { settings, argv, url, cwd, env }: ProcessOrder,
): JobProcess {
  const ended = new Promise<void>((resolve) => {
    if (control.closed) return resolve()
    const timer = setInterval(() => {
      if (!isRunning(pid)) control.destroy()
    }, LOOK_EVERY_MS)
    control.once('close', () => {
      clearInterval(timer)
      resolve()
    })
  })
  endOnWord(control)
  control.write(orderLine({ settings, argv, url }, { cwd, env }))
  return {
    leader: pid,
    control,
    events,
    diagnostics,
    ended: ended.then(() => ({ exitCode: null, signalCode: null })),
  }
}
