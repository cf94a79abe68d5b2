/** What the operations of cookie sets have in common: the sets, and the 404. */
import type { CookieSets } from '@video-scraper/cookies'
import { RequestError } from '../http/errors.ts'

/** These operations are registered only where sets are kept. */
export function storedCookies(cookieSets: CookieSets | null): CookieSets {
  if (cookieSets === null) throw new Error('This gateway keeps no cookie sets.')
  return cookieSets
}

export const cookiesNotFound = () =>
  new RequestError('not_found', { message: 'There is no cookie set with this name.' })
