/** The job that is made of an entry: that of a request for it alone, by the same client, with the options of the playlist. */
import { canonicalOptions, entryKindOf, sharedOptionsFor } from '@video-scraper/contracts'
import { siteOf } from '@video-scraper/cookies'
import type { JobRequest, ListedEntry, RunningJob } from '@video-scraper/queue'

export function childRequest(
  { id, envelope }: Pick<RunningJob, 'id' | 'envelope'>,
  { url }: ListedEntry & { url: string },
  entry: number,
): JobRequest {
  const { owner, limitSubject, requestId, fresh, metadata, options } = envelope
  const kind = entryKindOf(options)
  const { cookies, ...shared } = sharedOptionsFor(kind, options) as { cookies?: string }
  const fields = { ...options.options, ...shared, ...(cookies && isSameSite(envelope.url, url) && { cookies }) }
  return {
    kind,
    owner,
    limitSubject,
    url,
    options: canonicalOptions(kind, fields),
    requestId,
    retryOf: null,
    parent: { id, entry },
    ...(fresh !== undefined && { fresh }),
    ...(metadata !== undefined && { metadata }),
  }
}

/** A session is for the site of the list. What lies elsewhere is asked without. */
function isSameSite(one: string, other: string): boolean {
  const site = siteOf(new URL(one).hostname)
  return site !== null && site === siteOf(new URL(other).hostname)
}
