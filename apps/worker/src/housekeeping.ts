/** What is done every minute by one worker: expired files and old records go, and what crashes left behind. */
import type { Library } from '@video-scraper/library'
import type { Announcements, JobLog, RecordKeeper } from '@video-scraper/queue'
import type { FileIndex } from '@video-scraper/store'
import type { WorkFolders } from './work-folders.ts'

const EVERY_MS = 60_000
/** Shorter than the interval, so that the next round finds the claim free. */
const CLAIM_SECONDS = 50
const FILES_PER_ROUND = 1000
/** A folder this young may belong to a job that is just being started. */
const YOUNG_MS = 60_000
const HOUR_MS = 3_600_000

interface HousekeepingRooms {
  workerId: string
  library: Library
  files: FileIndex
  folders: WorkFolders
  records: RecordKeeper
  announcements: Pick<Announcements, 'announceMissed'>
  /** Whether some process still works in the folder. */
  isLeased(folder: string): Promise<boolean>
  log: JobLog
}

interface HousekeepingOptions {
  /** 0 for ever. */
  recordLifetimeMs: number
  /** 0 for ever. */
  workRetentionMs: number
}

/** Starts the rounds, the first one at once. `stop` lets a running round finish. */
export function startHousekeeping(rooms: HousekeepingRooms, options: HousekeepingOptions): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  // Each by itself: what cannot be done in one place must not keep the others from their work.
  const attempt = async (work: Promise<unknown>) => {
    await work.catch((error: unknown) =>
      rooms.log.warn({ err: error }, 'housekeeping failed; it is tried again in a minute'),
    )
  }
  const round = async () => {
    // Work folders may lie on this machine's own disk, so every worker sweeps; the rest is done by one.
    await attempt(sweepFolders(rooms, options.workRetentionMs))
    const claimed = await rooms.records.claimRound(rooms.workerId, CLAIM_SECONDS).catch(() => false)
    if (!claimed) return
    // Before records are removed: what nobody announced is found by them.
    await attempt(rooms.announcements.announceMissed(Date.now()))
    await attempt(removeExpired(rooms))
    await attempt(rooms.library.sweep({ olderThanMs: HOUR_MS }))
    await attempt(rooms.records.removeOld(options.recordLifetimeMs))
  }
  const start = () => {
    running = running.then(round)
  }
  start()
  const timer = setInterval(start, EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/** The media goes before its index entry, so that a crash in between leaves an entry that is tried again. */
async function removeExpired({ library, files, log }: HousekeepingRooms): Promise<void> {
  for (const filename of await files.expired(Date.now(), FILES_PER_ROUND)) {
    const gone = await library.remove(filename).then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error, filename }, 'an expired file could not be removed; it is tried again in a minute')
        return false
      },
    )
    if (!gone) continue
    const entry = await files.find(filename)
    await files.forget(filename, entry?.owner ?? null)
    log.info({ filename, jobId: entry?.jobId }, 'file expired')
  }
}

async function sweepFolders(
  { folders, records, isLeased, log }: HousekeepingRooms,
  retentionMs: number,
): Promise<void> {
  for (const { id, path, changedMs } of await folders.list()) {
    const ageMs = Date.now() - changedMs
    const kept = retentionMs === 0 || ageMs < retentionMs
    if (ageMs < YOUNG_MS || ((await records.isUnfinished(id)) && kept)) continue
    if ((await records.isRunning(id)) || (await isLeased(path))) continue
    await folders.remove(id)
    log.info({ jobId: id }, 'work folder swept')
  }
}
