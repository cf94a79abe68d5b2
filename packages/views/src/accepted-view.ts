/** The answers to the POSTs that make a job. */
import { type JobKind, kinds, statusForms } from '@video-scraper/contracts'

function bodyOf(kind: JobKind, id: string) {
  const { form, acceptedMessage: message } = kinds[kind]
  const { idKey, accepted: status, idFirst } = statusForms[form]
  return idFirst ? { [idKey]: id, status, message } : { status, [idKey]: id, message }
}

export const acceptedView = (
  kind: JobKind,
  id: string,
  retryOf: string | null = null,
  callbackSecret: string | null = null,
) => ({
  ...bodyOf(kind, id),
  ...(callbackSecret === null ? {} : { callback_secret: callbackSecret }),
  ...(retryOf === null ? {} : { retry_of: retryOf }),
})
