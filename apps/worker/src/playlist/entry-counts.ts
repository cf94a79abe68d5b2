/** How many entries of a playlist are in which state, and how far the playlist is by that. */
import type { EntryCounts, JobProgress } from '@video-scraper/contracts'
import type { EntryTable } from '@video-scraper/queue'
import { LIST_SHARE } from './read-list.ts'

/** `running`: how many of the entries that are open have a job that runs. They always add up to all entries. */
export function countsOf({ total, open, ended }: EntryTable, running: number): EntryCounts {
  const { completed, failed, cancelled, skipped } = ended
  const waiting = total - open.length - completed - failed - cancelled - skipped
  return { waiting, queued: open.length - running, running, ...ended }
}

export const unfinishedOf = ({ waiting, queued, running }: EntryCounts): number => waiting + queued + running

export function progressOf(table: EntryTable, counts: EntryCounts): JobProgress {
  const { total, facts } = table
  const share = total === 0 ? 1 : 1 - unfinishedOf(counts) / total
  return {
    fraction: LIST_SHARE + (1 - LIST_SHARE) * share,
    phase: 'downloading',
    downloadedBytes: null,
    totalBytes: null,
    bytesPerSecond: null,
    etaSeconds: null,
    heartbeatAt: Date.now(),
    entries: counts,
    ...(facts.warnings.length > 0 && { warnings: [...facts.warnings] }),
    ...(facts.ytdlpVersion !== undefined && { ytdlpVersion: facts.ytdlpVersion }),
  }
}
