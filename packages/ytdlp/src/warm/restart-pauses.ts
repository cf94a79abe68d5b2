/** How long to wait before a zygote is started again. */

const PAUSE_MAX_MS = 60_000
/** What lived this long did not fail at once. */
const SETTLED_MS = 60_000

export interface RestartPauses {
  /** The next pause in milliseconds. `livedMs`: how long the zygote that has ended was ready; 0 where it never was. */
  next(livedMs: number): number
}

/** The pauses double from `firstMs` to a minute, and begin anew after a zygote that lived for more than a minute. */
export function createRestartPauses(firstMs: number): RestartPauses {
  let failures = 0
  return {
    next(livedMs) {
      if (livedMs > SETTLED_MS) failures = 0
      const pause = Math.min(firstMs * 2 ** failures, PAUSE_MAX_MS)
      failures += 1
      return pause
    },
  }
}
