/** The list that a runner reported, in our own words. */
import { PLAYLIST_ITEMS_MAX } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { type Fields, numberOf, textOf } from './event-fields.ts'
import { nothingToTake } from './nothing-to-take.ts'

/** A list, with the entries that were asked for, none of which was looked at. */
export interface Listing {
  readonly title: string | null
  readonly entries: readonly { readonly position: number; readonly title: string | null; readonly url: string | null }[]
}

interface Reported {
  readonly video: Fields | null
  readonly entries: readonly Fields[]
}

/** `url`: what was asked for. Throws a `JobFailure` where it led to neither a list nor a video. */
export function listingOf(url: string, { video, entries }: Reported, blocked: boolean): Listing {
  if (video === null) throw new JobFailure('internal_error', { cause: new Error('There was no info event.') })
  const title = textOf(video, 'title')
  if ('entries' in video) return { title, entries: entries.map(entryOf) }
  const refusal = nothingToTake(video, blocked)
  if (refusal !== null) throw refusal
  return { title, entries: [{ position: 1, title, url }] }
}

/** The runner reports no more; one that was taken over may. */
export function noteEntries(known: Fields[], reported: readonly Fields[]): void {
  known.push(...reported.slice(0, PLAYLIST_ITEMS_MAX - known.length))
}

const entryOf = (entry: Fields): Listing['entries'][number] => ({
  position: numberOf(entry, 'index') ?? 0,
  title: textOf(entry, 'title'),
  url: textOf(entry, 'url'),
})
