/** Reads the list of a playlist, and says of each entry whether a job can be made of it. */
import type { SkipCode } from '@video-scraper/contracts'
import { canonicalSourceUrl } from '@video-scraper/core'
import type { EntryRow, ListFacts, RunningJob } from '@video-scraper/queue'
import type { Engine, Listing } from '@video-scraper/ytdlp'
import { askSource, type SourceDependencies } from '../ask-source.ts'
import type { SourceAccess } from '../exits/source-access.ts'

/** Of the progress of a playlist, reading the list is so much. */
export const LIST_SHARE = 0.05
/** In Redis, all titles of a list together have their bound by it. */
const TITLE_LENGTH_MAX = 300
/** All addresses and titles of one list together, in bytes as JSON: a source decides how long each of them is, and Redis keeps them. */
const LIST_BYTES_MAX = 1024 * 1024

export interface ListDependencies extends SourceDependencies {
  engine: Engine
  source: SourceAccess
  /** Entries of one playlist. */
  itemsMax: number
}

export async function readList(
  dependencies: ListDependencies,
  job: RunningJob,
  signal: AbortSignal,
): Promise<{ facts: ListFacts; rows: EntryRow[] }> {
  const { engine, itemsMax } = dependencies
  const { url, options } = job.envelope
  const { items = null, max_items: asked = itemsMax } = options
  const reading: RunningJob = {
    ...job,
    report: (progress) => job.report({ ...progress, fraction: progress.fraction * LIST_SHARE }),
  }
  const way = await dependencies.source.wayOf(reading)
  const { answer, heard } = await askSource(dependencies, { job: reading, way, signal }, (cookies, context) =>
    engine.listEntries({ url, items, max: Math.min(asked, itemsMax), cookies }, context),
  )
  const facts = { title: shortened(answer.title), warnings: heard.codes(), ytdlpVersion: heard.ytdlpVersion() }
  return { facts, rows: rowsOf(url, answer) }
}

/**
 * A list that names its own address for an entry has none for that entry alone, unless it is a single video. Addresses are written down for jobs
 * alone, so a thousand entries with one address take that once. From the first entry on for which there is no space, none has one.
 */
export function rowsOf(url: string, { entries }: Pick<Listing, 'entries'>): EntryRow[] {
  const known = new Set<string>()
  const isSingle = entries.length === 1
  let left = LIST_BYTES_MAX
  return entries.map((entry) => {
    const canonical = entry.url === null ? null : canonicalSourceUrl(entry.url)
    const isOwn = canonical === url && !isSingle
    const skipCode = skipCodeOf({
      given: entry.url,
      canonical,
      isOwn,
      isKnown: canonical !== null && known.has(canonical),
    })
    if (canonical !== null) known.add(canonical)
    const { position } = entry
    const texts = { title: shortened(entry.title), url: skipCode === null ? canonical : null }
    left -= Math.min(left, bytesOf(texts))
    if (left === 0) return skipped({ position, title: null, url: null }, skipCode ?? 'list_too_large')
    return skipCode === null
      ? { listed: { position, ...texts }, outcome: null }
      : skipped({ position, ...texts }, skipCode)
  })
}

const bytesOf = (texts: object): number => Buffer.byteLength(JSON.stringify(texts))

const skipped = (listed: EntryRow['listed'], skipCode: SkipCode): EntryRow => ({
  listed,
  outcome: { state: 'skipped', skipCode },
})

interface Address {
  given: string | null
  canonical: string | null
  isOwn: boolean
  isKnown: boolean
}

function skipCodeOf({ given, canonical, isOwn, isKnown }: Address): SkipCode | null {
  if (given === null || isOwn) return 'no_address'
  if (canonical === null) return 'invalid_url'
  return isKnown ? 'duplicate' : null
}

const shortened = (title: string | null): string | null => title?.slice(0, TITLE_LENGTH_MAX) ?? null
