/** Makes the index agree with the library again: what is there is listed, what is not is dropped, what expired goes. */
import type { FileEntry } from '@video-scraper/contracts'
import type { Library } from '@video-scraper/library'
import type { FileIndex, StoredBytes } from '@video-scraper/store'

interface RebuiltDependencies {
  library: Library
  files: FileIndex
  stored: StoredBytes
  now(): number
}

export interface RebuildReport {
  /** Files that the index knew already, word for word. */
  known: number
  /** Files that it did not know, or knew otherwise. */
  added: number
  /** Files whose time was over: they are gone now. */
  expired: number
  /** Entries of the index without a file. */
  dropped: number
  /** Files that nobody can describe, since their sidecar is missing or broken. They are left alone, and not served. */
  orphans: string[]
}

/**
 * May be repeated, and may run while gateways and workers do. Whoever removes a file drops its entry after that; so an
 * entry that was written too late is found by looking for the file once more.
 */
export async function rebuildIndex(dependencies: RebuiltDependencies): Promise<RebuildReport> {
  const { library, files, stored } = dependencies
  const report: RebuildReport = { known: 0, added: 0, expired: 0, dropped: 0, orphans: [] }
  const described = new Set<string>()
  for await (const entry of library.entries()) {
    described.add(entry.filename)
    const outcome = await settle(dependencies, entry)
    if (outcome !== null) report[outcome] += 1
  }
  for await (const filename of stored.everyName()) {
    if (described.has(filename) || (await isThere(library, filename))) continue
    await files.forget(filename, (await files.find(filename))?.owner ?? null)
    report.dropped += 1
  }
  report.orphans = await undescribed(library, described)
  return report
}

/** A file that was published since the walk began was not seen by it: what looks like an orphan is looked at once more. */
async function undescribed(library: Library, described: ReadonlySet<string>): Promise<string[]> {
  const suspects = new Set<string>()
  for await (const filename of library.names()) if (!described.has(filename)) suspects.add(filename)
  if (suspects.size > 0) for await (const { filename } of library.entries()) suspects.delete(filename)
  return [...suspects]
}

/** What became of one file that the library holds; null where somebody removed it meanwhile. */
async function settle(
  { library, files, now }: RebuiltDependencies,
  entry: FileEntry,
): Promise<'known' | 'added' | 'expired' | null> {
  const { filename, owner, expiresAt } = entry
  if (expiresAt !== null && expiresAt <= now()) {
    await library.remove(filename)
    await files.forget(filename, owner)
    return 'expired'
  }
  if (JSON.stringify(await files.find(filename)) === JSON.stringify(entry)) return 'known'
  await files.add(entry)
  if (await isThere(library, filename)) return 'added'
  await files.forget(filename, owner)
  return null
}

async function isThere(library: Library, filename: string): Promise<boolean> {
  const file = await library.open(filename)
  await file?.close()
  return file !== null
}
