/** How a staged file becomes a published one, in steps that can each be repeated. */
import { join } from 'node:path'
import type { FileEntry } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { isMissing, moveFile, removeFile, settleFile, sizeOfFile, syncPath } from '../durable.ts'
import { isFileName } from '../file-name.ts'
import type { Staged } from '../library.ts'
import { RemovedSince } from '../removed-since.ts'
import { readSidecar, writeSidecar } from './sidecar.ts'

/** What has just been made durable. */
export type PublicationStep = 'settled' | 'cleared' | 'described' | 'published'

/**
 * The sidecar is durable before the media gets its name, so a file that can be opened can always be described, and a
 * crash in between leaves a sidecar alone, which counts for nothing. As long as the media is in the work folder the
 * work is not done; when it is gone from there and in the library with the right size, it is.
 */
export async function publishInto(
  directory: string,
  { path, entry }: Staged,
  step: (done: PublicationStep) => Promise<void>,
): Promise<FileEntry> {
  if (!isFileName(entry.filename)) throw new TypeError('The library publishes only under names that it gave.')
  const size = await sizeOfFile(path)
  if (size === null) return await alreadyPublished(directory, entry)
  if (size !== entry.sizeBytes) throw lost('The staged file does not have the size that was verified.')

  try {
    await settleFile(path, entry.createdAt)
    await step('settled')
    await clearName(directory, entry)
    await step('cleared')
    await writeSidecar(directory, entry)
    await step('described')
    // After a long copy the sidecar is written again: a sweep may have taken it for one that was left over.
    await moveFile(path, directory, entry.filename, () => writeSidecar(directory, entry))
    await step('published')
    return entry
  } catch (error) {
    // Somebody else published the same job meanwhile: a worker that lost its lock and has not noticed yet.
    if (isMissing(error)) return await alreadyPublished(directory, entry)
    throw error
  }
}

/**
 * An earlier attempt, whose note was lost, may have published other bytes under the job's name; they go first, since a
 * sidecar must never describe another attempt's bytes. The same bytes stay: whoever else publishes them is not robbed.
 */
async function clearName(directory: string, entry: FileEntry): Promise<void> {
  const earlier = await readSidecar(directory, entry.filename)
  if (earlier?.sha256 === entry.sha256) return
  if (await removeFile(join(directory, entry.filename))) await syncPath(directory)
}

async function alreadyPublished(directory: string, entry: FileEntry): Promise<FileEntry> {
  const size = await sizeOfFile(join(directory, entry.filename))
  if (size === null) throw new RemovedSince()
  if (size !== entry.sizeBytes) throw lost('The library holds another file under the name.')
  await syncPath(directory)
  return entry
}

const lost = (reason: string) => new JobFailure('internal_error', { cause: new Error(reason) })
