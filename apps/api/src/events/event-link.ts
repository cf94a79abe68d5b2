/** Proof that somebody who could see a job asked for a link to its events. */
import { type SecretKeys, signToken, verifyToken } from '@video-scraper/boot'
import { RequestError } from '../http/errors.ts'

const PURPOSE = 'event-stream'

export const eventToken = (keys: SecretKeys, jobId: string, expiresAt: number): string =>
  signToken(keys, { purpose: PURPOSE, subject: [jobId], expiresAt })

/** Throws a `RequestError` unless the token was given for this job and is still good. `now` in epoch milliseconds. */
export function checkEventToken(keys: SecretKeys, jobId: string, token: string, now: number): void {
  const verdict = verifyToken(keys, token, { purpose: PURPOSE, subject: [jobId], now })
  if (verdict === 'expired') throw new RequestError('link_expired')
  if (verdict === 'invalid') throw new RequestError('link_invalid')
}
