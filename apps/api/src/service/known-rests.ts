/** Which sites rest, as far as they may be named: clients choose the hosts of their jobs, so only names that are known are shown. */
import type { Platform } from '@video-scraper/contracts'
import { siteOf } from '@video-scraper/cookies'
import type { SiteRest } from '@video-scraper/queue'
import type { RouteDependencies } from '../dependencies.ts'

export type KnownRests = Pick<
  RouteDependencies,
  'readSiteRests' | 'readPublishedExits' | 'readPlatforms' | 'platformSnapshot'
>

/** Rests of sites of the list of platforms, and of those that the operator has named. Rejects when Redis does not answer. */
export async function knownRests(dependencies: KnownRests): Promise<SiteRest[]> {
  const rests = await dependencies.readSiteRests()
  if (rests.length === 0) return []
  const [published, exits] = await Promise.all([dependencies.readPlatforms(), dependencies.readPublishedExits()])
  const platforms = (published?.platforms ?? dependencies.platformSnapshot) as Platform[]
  const known = new Set([...exits.sites, ...platforms.map(siteOfPlatform)])
  return rests.filter(({ site }) => known.has(site))
}

/** Null for a platform at no site of its own. */
export const siteOfPlatform = ({ domain }: Platform): string | null =>
  domain === null || domain === '*' ? null : siteOf(domain)
