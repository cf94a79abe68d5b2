/**
 * Playlists: read a list, make a job of each entry, and wait for all of them. A step at a time: between two steps the job waits in Redis
 * and holds no slot of the worker (decision record 0060).
 */
import { entryKindOf, type PlaylistResult } from '@video-scraper/contracts'
import { Stop } from '@video-scraper/core'
import type { Task } from '@video-scraper/queue'
import { cancelEntries } from '../playlist/cancel-entries.ts'
import { progressOf, unfinishedOf } from '../playlist/entry-counts.ts'
import { type EntryDependencies, entriesLost, lookAfterEntries, type Step } from '../playlist/look-after-entries.ts'
import { type ListDependencies, readList } from '../playlist/read-list.ts'

/** Whoever ends the job of an entry wakes the playlist. A step that is just under way is not woken, so it looks by itself: soon, then seldom. */
const LOOK_AGAIN_MIN_MS = 250
const LOOK_AGAIN_MAX_MS = 15_000
/** After a refusal by a limit. */
const REFUSED_MIN_MS = 2000
const REFUSED_MAX_MS = 30_000

export type PlaylistDependencies = ListDependencies & EntryDependencies

export const makePlaylist = (dependencies: PlaylistDependencies): Task<'playlist', PlaylistResult> => ({
  async prepare(job, signal) {
    const { entryTables } = dependencies.jobs
    const { id, envelope, report } = job
    // Asked first: the record and the table are written at once, so one that says so and has no table has lost it.
    const wasWritten = await entryTables.wasWritten(id)
    if ((await entryTables.read(id)) === null) {
      if (wasWritten) throw entriesLost()
      const { facts, rows } = await readList(dependencies, job, signal)
      await entryTables.write(id, facts, rows)
      await dependencies.folders.remove(id)
    }
    const step = await lookAfterEntries(dependencies, job, signal)
    report(progressOf(step.table, step.counts))
    if (unfinishedOf(step.counts) > 0) throw new Stop('entries_unfinished', waitOf(step))
    return { title: step.table.facts.title, of: entryKindOf(envelope.options), counts: step.counts }
  },
  publish: async (_job, result) => result,
  beforeCancelled: (playlist) => cancelEntries(dependencies, playlist),
  discard: (id) => dependencies.folders.remove(id),
})

function waitOf({ table, refusedForMs }: Step): number {
  if (refusedForMs !== null) return Math.min(Math.max(refusedForMs, REFUSED_MIN_MS), REFUSED_MAX_MS)
  return Math.min(Math.max((Date.now() - table.changedAt) / 4, LOOK_AGAIN_MIN_MS), LOOK_AGAIN_MAX_MS)
}
