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

/** A list that names its own address for an entry has none for that entry alone, unless it is a single video. */
function rowsOf(url: string, { entries }: Listing): EntryRow[] {
  const known = new Set<string>()
  const isSingle = entries.length === 1
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
    const listed = {
      position: entry.position,
      title: shortened(entry.title),
      url: skipCode === null || skipCode === 'duplicate' ? canonical : null,
    }
    return { listed, outcome: skipCode === null ? null : { state: 'skipped', skipCode } }
  })
}

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
