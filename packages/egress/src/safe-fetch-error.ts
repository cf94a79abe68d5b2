/** Why a request of our own has no answer: few codes, with sentences that may be shown. */
import { HostNotFound } from './target-policy.ts'

/** Each way to fail, with a sentence that may be shown: it names no address and repeats nothing that the target said. */
const failures = {
  blocked_target: 'The target is not allowed.',
  host_not_found: 'The name of the target could not be resolved.',
  timeout: 'The target did not answer in time.',
  unreachable: 'The target could not be reached.',
  bad_certificate: 'The certificate of the target is not valid for it.',
  bad_response: 'The target did not answer in HTTP.',
} as const satisfies Record<string, string>

/** The request has no answer. `cause` is for the log alone, as it may hold addresses. */
export class SafeFetchError extends Error {
  override readonly name = 'SafeFetchError'
  readonly code: keyof typeof failures

  constructor(code: keyof typeof failures, options?: ErrorOptions) {
    super(failures[code], options)
    this.code = code
  }
}

/** Node's errors name addresses and are many; the caller has six to tell apart. */
export function safeFetchErrorOf(error: unknown): Error {
  if (error instanceof SafeFetchError) return error
  if (error instanceof HostNotFound) return new SafeFetchError('host_not_found', { cause: error })
  const { code = '' } = error as NodeJS.ErrnoException
  // What the caller gave cannot be sent, such as a line break in a header.
  if (code.startsWith('ERR_INVALID_')) return error as TypeError
  if (code.startsWith('HPE_')) return new SafeFetchError('bad_response', { cause: error })
  if (/CERT|ALTNAME|SELF_SIGNED|LEAF_SIGNATURE/.test(code))
    return new SafeFetchError('bad_certificate', { cause: error })
  if (code === 'ETIMEDOUT') return new SafeFetchError('timeout', { cause: error })
  return new SafeFetchError('unreachable', { cause: error })
}
