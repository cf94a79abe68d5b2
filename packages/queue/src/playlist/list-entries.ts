/** A page of the entries of a playlist, each with its job as it is now. Its cost is that of the page, however long the list is. */
import { type EntryKind, type EntryState, entryKindOf, type FailureCode, type SkipCode } from '@video-scraper/contracts'
import { seededJobId } from '../job-id.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import { outcomeOf } from './child-outcome.ts'
import type { EntryOutcome, EntryRow, EntryTables, ListedEntry } from './entry-table.ts'

export interface EntryNow extends ListedEntry {
  kind: EntryKind
  /** Null while it has no job. */
  jobId: string | null
  state: EntryState
  code?: FailureCode
  skipCode?: SkipCode
}

export interface EntryPage {
  entries: EntryNow[]
  /** The number of the first entry of the next page; null when there is none. */
  next: number | null
}

/** The id of the job of an entry: always the same, so that it cannot be made twice. */
export const childIdOf = (kind: EntryKind, playlistId: string, at: number): string => seededJobId(kind, playlistId, at)

/** What an entry without a job is once the playlist has ended. */
const whenEnded: Partial<Record<JobSnapshot['state'], EntryOutcome>> = {
  cancelled: { state: 'cancelled' },
  failed: { state: 'skipped', skipCode: 'playlist_failed' },
}

/** `playlist`: the playlist as it is. `read`: reads jobs by their ids. */
export async function listEntries(
  tables: EntryTables,
  read: (id: string) => Promise<JobSnapshot | null>,
  playlist: JobSnapshot,
  { from, limit }: { from: number; limit: number },
): Promise<EntryPage> {
  const [rows, table] = await Promise.all([tables.rows(playlist.id, from, limit), tables.read(playlist.id)])
  if (table === null) return { entries: [], next: null }
  const kind = entryKindOf(playlist.envelope.options)

  async function entryNow({ listed, outcome }: EntryRow, at: number): Promise<EntryNow> {
    const jobId = childIdOf(kind, playlist.id, at)
    if (outcome?.state === 'skipped') return { ...listed, ...outcome, kind, jobId: null }
    // An entry beyond the last job may have one that is not written down yet.
    const job = outcome === null ? await read(jobId) : null
    const ended = outcome ?? (job && outcomeOf(job))
    if (ended !== null) return { ...listed, ...ended, kind, jobId }
    if (job !== null) return { ...listed, state: job.state === 'running' ? 'running' : 'queued', kind, jobId }
    return { ...listed, ...(whenEnded[playlist.state] ?? { state: 'queued' }), kind, jobId: null }
  }

  const entries = await Promise.all(rows.map((row, at) => entryNow(row, from + at)))
  const next = from + rows.length
  return { entries, next: next < table.total && rows.length > 0 ? next : null }
}
