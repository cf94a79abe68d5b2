/** Removes files from library and index in batches: those whose time is over, and the oldest of a full library. */
import type { Library } from '@video-scraper/library'
import type { JobLog } from '@video-scraper/queue'
import type { FileIndex, StoredBytes } from '@video-scraper/store'

/** As many as a bucket removes with one request. */
const FILES_AT_ONCE = 1000
/** Of a full library few have to go, and each of their sizes is read first. */
const OLDEST_AT_ONCE = 100
/** Index entries that travel to Redis together. */
const ENTRIES_AT_ONCE = 100

export interface RemovalDependencies {
  library: Pick<Library, 'removeAll'>
  files: Pick<FileIndex, 'expired' | 'find' | 'forget'>
  stored: Pick<StoredBytes, 'total' | 'oldest'>
  log: JobLog
}

export async function removeExpired(dependencies: RemovalDependencies, signal: AbortSignal): Promise<void> {
  for (;;) {
    const due = await dependencies.files.expired(Date.now(), FILES_AT_ONCE)
    const gone = await removeFiles(dependencies, due, 'file expired', signal)
    // What could not be removed would be found again at once.
    if (signal.aborted || gone < FILES_AT_ONCE) return
  }
}

/** The oldest go until the rest fits, whoever they belong to. */
export async function removeOldest(
  dependencies: RemovalDependencies,
  libraryMaxBytes: number,
  signal: AbortSignal,
): Promise<void> {
  if (libraryMaxBytes === 0) return
  const { files, stored } = dependencies
  while (!signal.aborted) {
    let excessBytes = (await stored.total()) - libraryMaxBytes
    if (excessBytes <= 0) return
    const batch: string[] = []
    for (const filename of await stored.oldest(OLDEST_AT_ONCE)) {
      if (excessBytes <= 0) break
      batch.push(filename)
      excessBytes -= (await files.find(filename))?.sizeBytes ?? 0
    }
    const gone = await removeFiles(dependencies, batch, 'file removed: the library was full', signal)
    if (gone === 0) return
  }
}

/**
 * Returns how many are gone. The media goes before its index entry, so that a crash in between leaves an entry that is
 * tried again.
 */
async function removeFiles(
  { library, files, log }: RemovalDependencies,
  filenames: readonly string[],
  news: string,
  signal: AbortSignal,
): Promise<number> {
  const { gone, failed } = await library.removeAll(filenames, signal)
  for (const { filename, error } of failed) {
    log.warn({ err: error, filename }, 'a file could not be removed; it is tried again in half a minute')
  }
  for (let from = 0; from < gone.length; from += ENTRIES_AT_ONCE) {
    await Promise.all(
      gone.slice(from, from + ENTRIES_AT_ONCE).map(async (filename) => {
        const entry = await files.find(filename)
        await files.forget(filename, entry?.owner ?? null)
        log.info({ filename, jobId: entry?.jobId }, news)
      }),
    )
  }
  return gone.length
}
