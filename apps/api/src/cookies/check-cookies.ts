/** Whether whoever asks for a job may have it done with a cookie set. */
import { siteOf } from '@video-scraper/cookies'
import type { FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import { scopeMissing } from '../auth/key-refusals.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { RequestError } from '../http/errors.ts'

/**
 * Throws a `RequestError` where the set is none of the client's, has nothing for the site of this address, or may not be used
 * with this key. `url` is canonical. The worker looks again when the job begins.
 */
export async function checkCookies(
  { cookieSets }: RouteDependencies,
  request: FastifyRequest,
  url: string,
  name: string | undefined,
): Promise<void> {
  if (name === undefined) return
  // Without keys nobody has scopes.
  if (request.apiKey !== null && !request.apiKey.scopes.includes('cookies')) throw scopeMissing('cookies')
  // A gateway that keeps no sets has none with this name either.
  const set = cookieSets && (await cookieSets.find(clientOf(request).owner, name))
  if (set === null) throw new RequestError('unknown_cookies')
  const site = siteOf(new URL(url).hostname)
  if (site === null || !set.domains.includes(site)) throw new RequestError('cookies_of_other_site')
}
