/** The library as a folder: each published file lies beside its sidecar. */
import type { Stats } from 'node:fs'
import { lstat, mkdir, opendir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileEntry } from '@video-scraper/contracts'
import { removeFile, sizeOfFile, syncPath, TEMPORARY_PREFIX, unlessMissing } from '../durable.ts'
import { isFileName } from '../file-name.ts'
import type { Library } from '../library.ts'
import type { NoteKeys } from '../publish/note-signature.ts'
import { readStaged, writeStaged } from '../publish/staging.ts'
import { type LocalFile, openLocalFile } from './local-file.ts'
import { type PublicationStep, publishInto } from './publication.ts'
import { removeFromFolder } from './remove-local.ts'
import { describedBy, readSidecar, sidecarOf } from './sidecar.ts'

export interface LocalLibrary extends Library {
  open(filename: string): Promise<LocalFile | null>
}

/** What a step of publishing or removing has just made durable. */
export type LibraryStep = PublicationStep | 'media removed' | 'sidecar removed'

export interface LocalLibraryOptions {
  /** Created, with access for its owner only, where it does not exist. */
  directory: string
  /** Default: none. */
  noteKeys?: NoteKeys
  /** Hears of every finished step, and is waited for. Tests stop here for good. */
  onStep?: (step: LibraryStep) => Promise<void>
}

/** Opens the library; resolves when it can be used. */
export async function openLocalLibrary({
  directory,
  noteKeys = [],
  onStep,
}: LocalLibraryOptions): Promise<LocalLibrary> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const step = onStep ?? (async () => {})
  const pathOf = (name: string) => join(directory, name)

  return {
    stage: (staged) => writeStaged(staged, noteKeys),
    readStaged: (folder) => readStaged(folder, noteKeys),
    // Everything of it lies in the work folder.
    unstage: async () => undefined,
    publish: (staged) => publishInto(directory, staged, step),
    open: async (filename) => (isFileName(filename) ? await openLocalFile(pathOf(filename)) : null),

    /**
     * The media goes first. A sidecar alone is neither served nor counted, `entries` passes over it and `sweep` takes
     * it; media alone would be a file that is served and never expires. The sync between keeps that order on the disk.
     */
    remove: async (filename) => {
      if (!isFileName(filename)) return false
      const removed = await removeFile(pathOf(filename))
      if (removed) await syncPath(directory)
      await step('media removed')
      await removeFile(pathOf(sidecarOf(filename)))
      await step('sidecar removed')
      return removed
    },

    removeAll: (filenames, signal) => removeFromFolder(directory, filenames, signal),

    describe,

    entries: async function* () {
      for await (const { name } of await opendir(directory)) {
        const entry = await describe(describedBy(name) ?? '')
        if (entry) yield entry
      }
    },

    names: async function* () {
      for await (const { name } of await opendir(directory)) if (isFileName(name)) yield name
    },

    sweep: async ({ olderThanMs, signal }) => {
      const swept: string[] = []
      const newestMs = Date.now() - olderThanMs
      for await (const { name } of await opendir(directory)) {
        if (signal?.aborted) break
        const stat = await unlessMissing(lstat(pathOf(name)))
        if (!stat?.isFile() || touchedMs(stat) > newestMs || !(await isLeftOver(name))) continue
        if (await removeFile(pathOf(name))) swept.push(name)
      }
      return swept
    },

    freeBytes: async () => {
      const { bavail, bsize } = await statfs(directory)
      return bavail * bsize
    },
  }

  async function describe(filename: string): Promise<FileEntry | null> {
    const entry = isFileName(filename) ? await readSidecar(directory, filename) : null
    return entry !== null && (await sizeOfFile(pathOf(filename))) === entry.sizeBytes ? entry : null
  }

  async function isLeftOver(name: string): Promise<boolean> {
    if (name.startsWith(TEMPORARY_PREFIX)) return true
    const filename = describedBy(name)
    return filename !== null && (await sizeOfFile(pathOf(filename))) === null
  }
}

/** A copy in the making may carry an old time of modification, but its inode has just changed. */
const touchedMs = ({ mtimeMs, ctimeMs }: Stats) => Math.max(mtimeMs, ctimeMs)
