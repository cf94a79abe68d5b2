/** Starts a process again that has ended by itself, after a pause that grows, and gives up on one that keeps ending. */
import { say, UserFacingError } from '../runtime/say.mjs'

const defaults = {
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
  /** What has run this long did not fail at once, so counting begins anew. */
  settledMs: 60_000,
  restartsMax: 6,
}

/**
 * `start` returns the next process of that kind. Never resolves: it throws an `UserFacingError` when it gives up, and does
 * nothing more once `over` has aborted.
 */
export async function supervise(first, start, over, options = {}) {
  const { firstPauseMs, longestPauseMs, settledMs, restartsMax } = { ...defaults, ...options }
  let member = first
  let restarts = 0
  for (;;) {
    const startedAt = Date.now()
    const { sentence, lastWords } = await member.ended
    if (over.aborted) return forEver()
    restarts = Date.now() - startedAt > settledMs ? 0 : restarts
    if (restarts === restartsMax) {
      throw new UserFacingError(
        `${sentence} ${lastWords} It was started again ${restarts} times and ended each time, so everything was stopped.`,
      )
    }
    const pauseMs = Math.min(firstPauseMs * 2 ** restarts, longestPauseMs)
    restarts += 1
    say(`${sentence} ${lastWords} It is started again in ${pauseMs / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (over.aborted) return forEver()
    member = start()
  }
}

const forEver = () => new Promise(() => {})
