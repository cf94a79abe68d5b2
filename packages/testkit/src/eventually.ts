/** Waiting for something to become true, with a deadline instead of a sleep. */
import { setTimeout as delay } from 'node:timers/promises'

interface EventuallyOptions {
  /** Default 20 s, since a busy machine makes everything slow. A check that hangs is given up at the deadline as well. */
  readonly timeoutMs?: number
  /** The pause between two checks, default 20. */
  readonly everyMs?: number
}

/**
 * Idempotency `check` until it neither throws nor answers `false`, and returns what it answered. At the deadline it throws
 * what the check threw last, so that a failed test shows the assertion and not the waiting.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 20_000, everyMs = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const deadline = Date.now() + timeoutMs
  let lastError: unknown = new Error(`The check was still running after ${timeoutMs} ms.`)
  for (;;) {
    const outcome = await before(deadline, check)
    if (outcome === 'late') throw lastError
    if ('answer' in outcome && outcome.answer !== false) return outcome.answer as Exclude<T, false>
    lastError = 'error' in outcome ? outcome.error : new Error(`Still false after ${timeoutMs} ms.`)
    if (Date.now() + everyMs > deadline) throw lastError
    await delay(everyMs)
  }
}

type Outcome<T> = { answer: T } | { error: unknown } | 'late'

async function before<T>(deadline: number, check: () => T | Promise<T>): Promise<Outcome<T>> {
  const done = new AbortController()
  const late = delay(Math.max(0, deadline - Date.now()), 'late' as const, { signal: done.signal }).catch(
    () => 'late' as const,
  )
  try {
    return await Promise.race([attempt(check), late])
  } finally {
    done.abort()
  }
}

async function attempt<T>(check: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { answer: await check() }
  } catch (error) {
    return { error }
  }
}
