/** One signal for everything that can end an attempt from outside: a stop, the clock, a missed message, a lost lock. */
import { endsEarly, Stop, type StopReason, stopReasonOf } from '@video-scraper/core'
import { type AttemptClock, startClock } from './attempt-clock.ts'
import type { HeldJob } from './held-job.ts'

interface WatchOptions {
  held: Pick<HeldJob, 'renew'>
  /** How long the lock holds once it is given or renewed. */
  lockMs: number
  /** Wall clock of the attempt; 0 for none. */
  timeoutMs: number
  stopped: AbortSignal
}

export interface AttemptWatch {
  readonly signal: AbortSignal
  readonly withoutClock: AttemptClock['without']
  close(): void
}

/**
 * Looks at the job ten times within the life of its lock (every 2 s): for a verdict whose message was lost, and for the lock,
 * which it renews. When Redis does not answer, the watch counts on by its own clock and stops the attempt shortly before the
 * lock ends: cut off from Redis, nobody else would tell us, and another worker may take the job.
 */
export function watchAttempt({ held, lockMs, timeoutMs, stopped }: WatchOptions): AttemptWatch {
  const controller = new AbortController()
  const stop = (reason: StopReason) => controller.abort(new Stop(reason))
  const onStopped = () => stop(stopReasonOf(stopped))
  if (stopped.aborted) onStopped()
  else stopped.addEventListener('abort', onStopped, { once: true })
  const clock = startClock(timeoutMs, () => stop('timeout'))

  const margin = lockMs / 10
  const expireAfter = (ms: number) => setTimeout(() => stop('lock_lost'), ms)
  let expiry = expireAfter(lockMs - margin)
  let closed = false
  const look = async () => {
    const sentAt = Date.now()
    const { verdict, held: ours } = await held.renew()
    if (closed) return
    if (endsEarly(verdict)) stop('cancelled')
    clearTimeout(expiry)
    if (!ours) stop('lock_lost')
    else expiry = expireAfter(lockMs - margin - (Date.now() - sentAt))
  }
  // One look at a time: in an outage they would pile up.
  let looking: NodeJS.Timeout
  const lookLater = () => {
    looking = setTimeout(
      () =>
        void look()
          .catch(() => undefined)
          .then(() => closed || lookLater()),
      lockMs / 10,
    )
  }
  lookLater()

  return {
    signal: controller.signal,
    withoutClock: clock.without,
    close() {
      closed = true
      clock.stop()
      clearTimeout(expiry)
      clearTimeout(looking)
      stopped.removeEventListener('abort', onStopped)
    },
  }
}
