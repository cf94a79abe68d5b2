/** One signal for a caller's abort and a time limit. */

/**
 * Aborts with `signal`, or after `ms` with a `TimeoutError`, whichever comes first. Node 20 may collect a time-out that only
 * `AbortSignal.any` refers to, which then never aborts (measured on 20.20.2); one that somebody listens to stays.
 */
export function signalWithTimeout(signal: AbortSignal | undefined, ms: number): AbortSignal {
  const timeout = AbortSignal.timeout(ms)
  if (signal === undefined) return timeout
  timeout.addEventListener('abort', () => undefined)
  return AbortSignal.any([signal, timeout])
}
