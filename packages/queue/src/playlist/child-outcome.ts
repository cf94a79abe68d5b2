/** How a job that a playlist has made tells its end to the table of the playlist. */
import type { JobState } from '@video-scraper/contracts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import type { EntryOutcome, EntryTables } from './entry-table.ts'

type Facts = Pick<JobSnapshot, 'state' | 'failure'>

const outcomes = {
  queued: () => null,
  running: () => null,
  completed: () => ({ state: 'completed' }),
  failed: ({ failure }) => ({ state: 'failed', code: failure ?? 'internal_error' }),
  cancelled: () => ({ state: 'cancelled' }),
} as const satisfies Record<JobState, (job: Facts) => EntryOutcome | null>

/** Null for a job that goes on. */
export const outcomeOf = (job: Facts): EntryOutcome | null => outcomes[job.state](job)

/**
 * Before the record of a job goes, its playlist learns how it ended: an entry without a job and without an end was never given
 * one, and would get it. Nothing to do for a job of its own.
 */
export async function tellParent(
  tables: Pick<EntryTables, 'closed'>,
  job: Pick<JobSnapshot, 'state' | 'failure' | 'envelope'>,
): Promise<void> {
  const { parent } = job.envelope
  const outcome = outcomeOf(job)
  if (parent !== undefined && outcome !== null) await tables.closed(parent.id, parent.entry, outcome)
}
