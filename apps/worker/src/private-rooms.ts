/** A job with cookies reads and writes nothing that answers others: what it sees is meant for one account. */
import type { JobEnvelope } from '@video-scraper/contracts'
import type { ExtractionStore } from '@video-scraper/store'

interface SharedRooms {
  extractions: ExtractionStore | null
  reuseFiles?: boolean
}

/** The rooms of a task as they are for this job. */
export const roomsFor = <Rooms extends SharedRooms>(rooms: Rooms, { options }: JobEnvelope): Rooms =>
  options.cookies === undefined
    ? rooms
    : { ...rooms, extractions: null, ...(rooms.reuseFiles === undefined ? {} : { reuseFiles: false }) }
