/**
 * Some jobs read and write nothing that answers others. What a job with cookies sees is meant for one account; the addresses of
 * media (`media_urls`) may be signed for whoever asked, and a result is seen by its owner alone.
 */
import type { JobEnvelope, JobOptions } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'

interface SharedRooms {
  extractions: ExtractionStore | null
  reuseFiles?: boolean
}

/** The rooms of a task as they are for this job. */
export const roomsFor = <Rooms extends SharedRooms>(rooms: Rooms, { options }: JobEnvelope): Rooms =>
  isPrivate(options)
    ? { ...rooms, extractions: null, ...(rooms.reuseFiles === undefined ? {} : { reuseFiles: false }) }
    : rooms

const isPrivate = (options: JobOptions): boolean =>
  options.cookies !== undefined || ('media_urls' in options && options.media_urls === true)
