/**
 * Some jobs read and write nothing that answers others. What a job with cookies sees is meant for one account; the addresses of
 * media (`media_urls`) may be signed for whoever asked, and a result is seen by its owner alone.
 */
import type { JobEnvelope, JobOptions } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'
import type { SourceWay } from './exits/source-access.ts'

interface SharedRooms {
  extractions: ExtractionStore | null
  reuseFiles?: boolean
}

/** What a task needs, as it is for this job and its way to the source. */
export const roomsFor = <Rooms extends SharedRooms>(
  rooms: Rooms,
  { options }: JobEnvelope,
  way: Pick<SourceWay, 'name'>,
): Rooms =>
  isPrivate(options)
    ? { ...rooms, extractions: null, ...(rooms.reuseFiles === undefined ? {} : { reuseFiles: false }) }
    : { ...rooms, extractions: rooms.extractions?.through(way.name) ?? null }

const isPrivate = (options: JobOptions): boolean =>
  options.cookies !== undefined || ('media_urls' in options && options.media_urls === true)
