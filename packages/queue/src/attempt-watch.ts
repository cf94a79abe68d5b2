/** One signal for everything that can end an attempt from outside: a stop, the clock, a missed message, a lost lock. */
import { Stop, type StopReason, stopReasonOf, type Verdict } from '@video-scraper/core'
import type { Redis } from 'ioredis'

/** Timers of Node hold 31 bits; a longer one would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1

interface WatchOptions {
  redis: Redis
  jobKey: string
  /** The worker's name on the job's lock. */
  token: string
  /** How long the lock holds once it is given or renewed. */
  lockMs: number
  /** Wall clock of the attempt; 0 for none. */
  timeoutMs: number
  stopped: AbortSignal
}

export interface AttemptWatch {
  readonly signal: AbortSignal
  close(): void
}

/**
 * Looks at the job ten times within the life of its lock (every 2 s): for a verdict whose message was lost, and for how
 * long the lock still holds. When Redis does not answer, the watch counts on by its own clock and stops the attempt
 * shortly before the lock ends: cut off from Redis, nobody else would tell us, and another worker may take the job.
 */
export function watchAttempt({ redis, jobKey, token, lockMs, timeoutMs, stopped }: WatchOptions): AttemptWatch {
  const controller = new AbortController()
  const stop = (reason: StopReason) => controller.abort(new Stop(reason))
  const onStopped = () => stop(stopReasonOf(stopped))
  if (stopped.aborted) onStopped()
  else stopped.addEventListener('abort', onStopped, { once: true })
  const deadline = timeoutMs > 0 ? setTimeout(() => stop('timeout'), Math.min(timeoutMs, TIMER_MAX_MS)) : undefined

  const margin = lockMs / 10
  const expireAfter = (ms: number) => setTimeout(() => stop('lock_lost'), ms)
  let expiry = expireAfter(lockMs - margin)
  let closed = false
  const look = async () => {
    const sentAt = Date.now()
    const { verdict, heldMs } = await readHold(redis, jobKey, token)
    if (closed) return
    if (verdict === 'cancelled') stop('cancelled')
    clearTimeout(expiry)
    if (heldMs <= 0) stop('lock_lost')
    else expiry = expireAfter(heldMs - margin - (Date.now() - sentAt))
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
    close() {
      closed = true
      clearTimeout(deadline)
      clearTimeout(expiry)
      clearTimeout(looking)
      stopped.removeEventListener('abort', onStopped)
    },
  }
}

interface Hold {
  verdict: Verdict | null
  /** How long the lock is still ours, in milliseconds; 0 when it is not. */
  heldMs: number
}

async function readHold(redis: Redis, jobKey: string, token: string): Promise<Hold> {
  const lock = `${jobKey}:lock`
  const answers = await redis.multi().hget(jobKey, 'verdict').get(lock).pttl(lock).exec()
  const [verdict, holder, remainingMs] = (answers ?? []).map(([, answer]) => answer)
  return { verdict: (verdict ?? null) as Verdict | null, heldMs: holder === token ? Number(remainingMs) : 0 }
}
