/** Reasons to stop, and pauses that heed them. */

/** A signal that follows `signals`, and ends by itself with `reason()` after `milliseconds` unless it was released. */
export function withTimer(milliseconds: number, reason: () => Error, signals: readonly (AbortSignal | undefined)[]) {
  const controller = new AbortController()
  const timer = milliseconds === Infinity ? undefined : setTimeout(() => controller.abort(reason()), milliseconds)
  const given = signals.filter((signal) => signal !== undefined)
  return {
    signal: AbortSignal.any([controller.signal, ...given]),
    release: (): void => clearTimeout(timer),
  }
}

/** Resolves after the pause, or rejects with the signal's reason. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** A time that is over, and what is thrown then. */
export interface TimeLimit {
  readonly milliseconds: number
  readonly reason: () => Error
}

/** Settles like `promise`, but no later than the signal or the limit: a body that hangs does not always hear of them. */
export function heeding<T>(promise: Promise<T>, signal: AbortSignal | undefined, limit?: TimeLimit): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason)
    const timer = limit && setTimeout(() => reject(limit.reason()), limit.milliseconds)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    // Whatever was decided before, somebody hears how the promise settles.
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    })
  })
}
