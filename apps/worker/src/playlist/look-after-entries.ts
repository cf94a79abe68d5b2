/**
 * One step of a playlist whose list is known: sees which jobs have ended, and makes the next ones. Killed between any two lines, the
 * next step finds the same entries and makes the same jobs: their ids follow from the playlist and the number of the entry.
 */
import { type EntryCounts, entryKindOf } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { childIdOf, type EntryTable, type JobQueue, outcomeOf, type RunningJob } from '@video-scraper/queue'
import { childRequest } from './child-request.ts'
import { countsOf } from './entry-counts.ts'

export interface EntryDependencies {
  jobs: Pick<JobQueue, 'submit' | 'find' | 'cancel' | 'entryTables'>
  /** How many jobs of one playlist may be unfinished at the same time. */
  jobsAtOnce: number
}

/** Rows that are read at once. */
const ROWS_AT_ONCE = 50

export interface Step {
  table: EntryTable
  counts: EntryCounts
  /** A limit of the client, or of the queue, was reached: after which time to ask again. Null: none was. */
  refusedForMs: number | null
}

/**
 * Which jobs were made is known no more, so the playlist ends: reading the list again would make them a second time. Jobs that it has made go on.
 */
export const entriesLost = (): JobFailure =>
  new JobFailure('internal_error', {
    retryable: false,
    cause: new Error('Redis has lost the table of the entries of this playlist. Ask for the playlist again.'),
  })

/** The playlist has a table by now. Rejects with the signal's reason, with `entriesLost`, or where Redis does not answer. */
export async function lookAfterEntries(
  dependencies: EntryDependencies,
  job: Pick<RunningJob, 'id' | 'envelope'>,
  signal: AbortSignal,
): Promise<Step> {
  const { entryTables } = dependencies.jobs
  const before = await knownTable(dependencies, job.id)
  await entryTables.keep(job.id)
  const { running, closed } = await closeEnded(dependencies, job, before)
  signal.throwIfAborted()
  const free = dependencies.jobsAtOnce - (before.open.length - closed)
  const refusedForMs = await openNext(dependencies, job, before, free, signal)
  const table = await knownTable(dependencies, job.id)
  return { table, counts: countsOf(table, running), refusedForMs }
}

async function knownTable({ jobs }: EntryDependencies, id: string): Promise<EntryTable> {
  const table = await jobs.entryTables.read(id)
  if (table === null) throw entriesLost()
  return table
}

async function closeEnded(
  { jobs }: EntryDependencies,
  { id, envelope }: Pick<RunningJob, 'id' | 'envelope'>,
  { open }: EntryTable,
): Promise<{ running: number; closed: number }> {
  const kind = entryKindOf(envelope.options)
  const children = await Promise.all(open.map((at) => jobs.find(childIdOf(kind, id, at))))
  let running = 0
  let closed = 0
  for (const [place, child] of children.entries()) {
    // Whoever removed it wrote its end down first, unless it was pushed out by the many jobs that ended after it.
    const outcome = child === null ? ({ state: 'skipped', skipCode: 'job_removed' } as const) : outcomeOf(child)
    if (child?.state === 'running') running += 1
    if (outcome === null) continue
    await jobs.entryTables.closed(id, open[place] ?? 0, outcome)
    closed += 1
  }
  return { running, closed }
}

/** Makes jobs in order, one after the other, until as many as allowed are unfinished. Resolves to the wait that a refusal asks for, or null. */
async function openNext(
  { jobs }: EntryDependencies,
  job: Pick<RunningJob, 'id' | 'envelope'>,
  table: EntryTable,
  freeAtFirst: number,
  signal: AbortSignal,
): Promise<number | null> {
  let free = freeAtFirst
  for (let from = table.next; from < table.total && free > 0; from += ROWS_AT_ONCE) {
    const rows = await jobs.entryTables.rows(job.id, from, ROWS_AT_ONCE)
    for (const [place, { listed, outcome }] of rows.entries()) {
      const { url } = listed
      if (outcome !== null || url === null || free <= 0) continue
      signal.throwIfAborted()
      const at = from + place
      const request = childRequest(job, { ...listed, url }, at)
      const submission = await jobs.submit(request, { id: childIdOf(entryKindOf(job.envelope.options), job.id, at) })
      if (!submission.accepted) return submission.waitMs
      await jobs.entryTables.opened(job.id, at)
      free -= 1
    }
  }
  return null
}
