/** The name under which a site is known to exits, rates and rests. */
import { siteOf } from '@video-scraper/cookies'

/** Further domains of sites, for links and for embedded players. An address there leads to the same servers. */
const MAIN_NAMES: ReadonlyMap<string, string> = new Map([
  ['youtu.be', 'youtube.com'],
  ['youtube-nocookie.com', 'youtube.com'],
  ['youtubekids.com', 'youtube.com'],
  ['dai.ly', 'dailymotion.com'],
  ['fb.watch', 'facebook.com'],
  ['b23.tv', 'bilibili.com'],
  ['twitter.com', 'x.com'],
])

/** The registrable domain of a host, or the main one of the same site; null where the host has none. What strangers register below a public suffix is one site each. */
export function siteNamed(hostname: string): string | null {
  const site = siteOf(hostname)
  return site === null ? null : (MAIN_NAMES.get(site) ?? site)
}
