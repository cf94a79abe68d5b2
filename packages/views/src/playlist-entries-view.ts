/** A page of the entries of a playlist. */
import type { PlaylistEntries, PlaylistEntry } from '@video-scraper/contracts'
import type { EntryNow, EntryPage } from '@video-scraper/queue'
import type { PublicPaths } from './public-paths.ts'

export const playlistEntriesView = ({ entries, next }: EntryPage, paths: PublicPaths): PlaylistEntries => ({
  entries: entries.map((entry) => entryView(entry, paths)),
  next_cursor: next === null ? null : String(next),
})

const entryView = (entry: EntryNow, paths: PublicPaths): PlaylistEntry => ({
  position: entry.position,
  url: entry.url,
  title: entry.title,
  job_id: entry.jobId,
  status_url: entry.jobId === null ? null : paths.status(entry.kind, entry.jobId),
  state: entry.state,
  ...(entry.code !== undefined && { code: entry.code }),
  ...(entry.skipCode !== undefined && { skip_code: entry.skipCode }),
})
