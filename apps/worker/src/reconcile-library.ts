/** Makes library and index agree again where a crash or an outage came between them, at the cost of one listing. */
import type { Library } from '@video-scraper/library'
import type { JobLog, RecordKeeper } from '@video-scraper/queue'
import type { FileIndex, StoredBytes } from '@video-scraper/store'

/** Names that Redis is asked about together. */
const NAMES_AT_ONCE = 1000

export interface ReconciliationDependencies {
  library: Pick<Library, 'names' | 'describe' | 'open' | 'remove'>
  files: Pick<FileIndex, 'add' | 'find' | 'forget' | 'unknown'>
  stored: Pick<StoredBytes, 'everyName'>
  records: Pick<RecordKeeper, 'isUnfinished'>
  log: JobLog
}

/**
 * A published file that the index does not know is in no list, counts against no quota and never expires: it is added, or
 * removed where its time is over. An entry whose file has gone is dropped. What is younger than `settledMs` is left alone, and so
 * is the file of a job that has not ended: its attempt is about to do the same. Sidecars are read of unknown files alone.
 */
export async function reconcileLibrary(
  dependencies: ReconciliationDependencies,
  { settledMs, signal }: { settledMs: number; signal: AbortSignal },
): Promise<void> {
  const { library, files, stored, log } = dependencies
  const settled = (createdAt: number) => createdAt < Date.now() - settledMs
  const there = new Set<string>()
  let batch: string[] = []
  const addUnknown = async () => {
    for (const filename of await files.unknown(batch)) {
      if (signal.aborted) return
      await addFile(dependencies, filename, settled)
    }
    batch = []
  }
  for await (const filename of library.names()) {
    if (signal.aborted) return
    there.add(filename)
    batch.push(filename)
    if (batch.length === NAMES_AT_ONCE) await addUnknown()
  }
  await addUnknown()

  for await (const filename of stored.everyName()) {
    if (signal.aborted) return
    if (there.has(filename)) continue
    const entry = await files.find(filename)
    // It may have been published since the listing began.
    if ((entry !== null && !settled(entry.createdAt)) || (await isThere(library, filename))) continue
    await files.forget(filename, entry?.owner ?? null)
    log.info({ filename, jobId: entry?.jobId }, 'the index knew a file that is gone; its entry was dropped')
  }
}

async function addFile(
  { library, files, records, log }: ReconciliationDependencies,
  filename: string,
  settled: (createdAt: number) => boolean,
): Promise<void> {
  const entry = await library.describe(filename)
  if (entry === null || !settled(entry.createdAt) || (await records.isUnfinished(entry.jobId))) return
  if (entry.expiresAt !== null && entry.expiresAt <= Date.now()) {
    await library.remove(filename)
    log.info({ filename, jobId: entry.jobId }, 'a file that the index did not know had expired, and was removed')
    return
  }
  await files.add(entry)
  // Removed meanwhile: whoever removes a file drops its entry, which was not there yet.
  if (!(await isThere(library, filename))) return files.forget(filename, entry.owner)
  log.info({ filename, jobId: entry.jobId }, 'a file that the index did not know was added to it')
}

async function isThere(library: Pick<Library, 'open'>, filename: string): Promise<boolean> {
  const file = await library.open(filename)
  await file?.close()
  return file !== null
}
