/** Rounds of cleaning, one at a time: expired files, old records, and what crashes left behind. */
import type { Library } from '@video-scraper/library'
import type { JobLog, Outbox, RecordKeeper } from '@video-scraper/queue'
import type { FileIndex, StoredBytes } from '@video-scraper/store'
import { reconcileLibrary } from './reconcile-library.ts'
import { removeExpired, removeOldest } from './remove-files.ts'
import type { WorkFolders } from './work-folders.ts'

/** Expired files are to be gone within a minute, also when a round takes a while or its worker dies in it. */
const EVERY_MS = 30_000
/** Shorter than the interval, so that the next round finds the claim free. */
const CLAIM_SECONDS = 25
/**
 * A sweep lists the whole library, which costs a bucket one LIST request per thousand objects. What it removes was left by
 * a crash, has no reader, and must be an hour old anyway.
 */
const SWEEP_CLAIM_SECONDS = 3600
/** A walk through the names of all keys: a second for a million of them, in thousand short steps. */
const SLOTS_CLAIM_SECONDS = 60
/** A folder this young may belong to a job that is just being started. */
const YOUNG_MS = 60_000

export interface HousekeepingDependencies {
  workerId: string
  library: Library
  files: FileIndex
  stored: StoredBytes
  folders: WorkFolders
  records: RecordKeeper
  outbox: Pick<Outbox, 'addMissed'>
  /** Whether some process still works in the folder. */
  isLeased(folder: string): Promise<boolean>
  log: JobLog
}

export interface HousekeepingOptions {
  /** 0 for ever. */
  recordLifetimeMs: number
  /** 0 for ever. */
  workRetentionMs: number
  /** What an attempt leaves in the library is swept at this age; longer than any attempt takes. */
  leftOverMs: number
  /** All files together; 0 for no limit. */
  libraryMaxBytes: number
  /** From the start of one round to that of the next, in milliseconds. Default 30 s; tests take less. */
  everyMs?: number
}

/**
 * Starts the rounds, the first one at once. A round that still runs when the next is due takes its place.
 * `stop` aborts a running round and resolves at once, also while Redis or the bucket does not answer: every step of a
 * round may be repeated.
 */
export function startHousekeeping(
  dependencies: HousekeepingDependencies,
  options: HousekeepingOptions,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  const start = () => {
    running ??= housekeepingRound(dependencies, options, stopping.signal).finally(() => {
      running = null
    })
  }
  start()
  const timer = setInterval(start, options.everyMs ?? EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}

/** One round. Never rejects: what cannot be done in one place must not keep the others from their work. */
export async function housekeepingRound(
  dependencies: HousekeepingDependencies,
  options: HousekeepingOptions,
  signal: AbortSignal,
): Promise<void> {
  const { workerId, library, records, outbox, log } = dependencies
  const step = async (work: () => Promise<unknown>): Promise<unknown> => {
    if (signal.aborted) return undefined
    try {
      return await unlessAborted(work(), signal)
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'housekeeping failed; it is tried again in half a minute')
      return undefined
    }
  }
  // Work folders may lie on this machine's own disk, so every worker sweeps; the rest is done by one.
  await step(() => sweepFolders(dependencies, options.workRetentionMs, signal))
  if ((await step(() => records.claim('round', workerId, CLAIM_SECONDS))) !== true) return
  // Before records are removed: what nobody recorded is found by them.
  await step(() => outbox.addMissed(Date.now()))
  await step(() => removeExpired(dependencies, signal))
  await step(() => removeOldest(dependencies, options.libraryMaxBytes, signal))
  await step(() => records.removeOld(options.recordLifetimeMs))
  if ((await step(() => records.claim('slots', workerId, SLOTS_CLAIM_SECONDS))) === true) {
    await step(() => records.pruneFinishedSlots())
  }
  if ((await step(() => records.claim('sweep', workerId, SWEEP_CLAIM_SECONDS))) !== true) return
  await step(() => library.sweep({ olderThanMs: options.leftOverMs, signal }))
  await step(() => reconcileLibrary(dependencies, { settledMs: options.leftOverMs, signal }))
}

/** Rejects when the signal aborts. What was begun goes on without anybody waiting for it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

async function sweepFolders(
  { folders, records, isLeased, log }: HousekeepingDependencies,
  retentionMs: number,
  signal: AbortSignal,
): Promise<void> {
  for (const { id, path, changedMs } of await folders.list()) {
    if (signal.aborted) return
    const ageMs = Date.now() - changedMs
    const kept = retentionMs === 0 || ageMs < retentionMs
    if (ageMs < YOUNG_MS || ((await records.isUnfinished(id)) && kept)) continue
    if ((await records.isRunning(id)) || (await isLeased(path))) continue
    await folders.remove(id)
    log.info({ jobId: id }, 'work folder swept')
  }
}
