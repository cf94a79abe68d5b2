/** Cancels the jobs that a playlist which was cancelled, or whose time is over, has made, and counts its entries for the last time. May be repeated. */
import { entryKindOf } from '@video-scraper/contracts'
import { type CancelledJob, childIdOf, type EntryOutcome, outcomeOf } from '@video-scraper/queue'
import { countsOf, progressOf } from './entry-counts.ts'
import type { EntryDependencies } from './look-after-entries.ts'

const REMOVED = { state: 'skipped', skipCode: 'job_removed' } as const satisfies EntryOutcome

export async function cancelEntries(dependencies: EntryDependencies, playlist: CancelledJob): Promise<void> {
  const { entryTables } = dependencies.jobs
  const { id } = playlist
  const table = await entryTables.read(id)
  if (table === null) return
  // The first one beyond may have a job that was made in the moment of a crash, and is not written down.
  for (const at of [...table.open, table.next]) {
    const outcome = await cancelEntry(dependencies, playlist, at)
    if (outcome !== null) await entryTables.closed(id, at, outcome)
    else if (table.open.includes(at)) await entryTables.closed(id, at, REMOVED)
  }
  const last = (await entryTables.read(id)) ?? table
  await playlist.write(progressOf(last, countsOf(last, 0)))
}

/** How its job has ended, or ends now; null where there is none. */
async function cancelEntry(
  { jobs }: EntryDependencies,
  { id, envelope }: CancelledJob,
  at: number,
): Promise<EntryOutcome | null> {
  const childId = childIdOf(entryKindOf(envelope.options), id, at)
  const child = await jobs.find(childId)
  if (child === null) return null
  const ended = outcomeOf(child)
  if (ended !== null) return ended
  const verdict = await jobs.cancel(child)
  if (verdict === 'cancelled') return { state: 'cancelled' }
  // It is being published, which goes on until it works.
  if (verdict === 'committed') return { state: 'completed' }
  const since = await jobs.find(childId)
  return since && outcomeOf(since)
}
