/** The answers to the POSTs that make a job. */
import { type JobKind, kinds, statusForms } from '@video-scraper/contracts'
import { jobExpiryOf } from './times.ts'

function bodyOf(kind: JobKind, id: string) {
  const { form, acceptedMessage: message } = kinds[kind]
  const { idKey, accepted: status, idFirst } = statusForms[form]
  return idFirst ? { [idKey]: id, status, message } : { status, [idKey]: id, message }
}

interface AcceptedFacts {
  /** When the time of the job is over, in epoch milliseconds; null, or nothing, for never. */
  expiresAt?: number | null | undefined
  /** The job that this one repeats, or null. */
  retryOf?: string | null
  /** Of a job with a callback. */
  callbackSecret?: string | null
}

export const acceptedView = (
  kind: JobKind,
  id: string,
  { expiresAt = null, retryOf = null, callbackSecret = null }: AcceptedFacts = {},
) => ({
  ...bodyOf(kind, id),
  ...jobExpiryOf(expiresAt),
  ...(callbackSecret === null ? {} : { callback_secret: callbackSecret }),
  ...(retryOf === null ? {} : { retry_of: retryOf }),
})
