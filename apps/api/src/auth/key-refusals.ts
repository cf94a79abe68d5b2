/** What is said to those who have no key, or not the right one (RFC 6750, section 3; RFC 9110, 11.6.1). */
import type { KeyScope } from '@video-scraper/contracts'
import { RequestError } from '../http/errors.ts'

/** The value of `WWW-Authenticate`. Its texts are ours, so none holds a quotation mark. */
const challenge = (parameters: Record<string, string> = {}) => ({
  'www-authenticate': `Bearer ${Object.entries({ realm: 'video-scraper', ...parameters })
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`,
})

/** Without a key there is no `error` in the challenge: nothing was wrong yet. */
export const keyMissing = () => new RequestError('unauthorized', { headers: challenge() })

const invalidTokens = {
  malformed: 'This is not an API key of this service: it was cut off or mistyped.',
  // The same for an id that never was and for a wrong secret.
  unknown: 'This API key is not valid.',
  expired: 'This API key has expired.',
  revoked: 'This API key has been revoked.',
} as const

/** Why a key was not accepted. `expired` and `revoked` are reported only to those who know the secret. */
export type InvalidKey = keyof typeof invalidTokens

export const keyInvalid = (why: InvalidKey) =>
  new RequestError('unauthorized', {
    message: `${invalidTokens[why]} Send one as Authorization: Bearer KEY, or as X-API-Key: KEY.`,
    headers: challenge({ error: 'invalid_token', error_description: invalidTokens[why] }),
  })

export const contradictingKeys = () =>
  new RequestError('invalid_request', {
    message: 'Authorization and X-API-Key carry different keys. Send one of them.',
    headers: challenge({ error: 'invalid_request' }),
  })

export const scopeMissing = (scope: KeyScope) =>
  new RequestError('insufficient_scope', {
    message: `This needs an API key with the scope ${scope}.`,
    headers: challenge({ error: 'insufficient_scope', scope }),
  })

export const addressRefused = () => new RequestError('address_not_allowed', { headers: challenge() })
