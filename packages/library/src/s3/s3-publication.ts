/** How a staged file becomes an object, in steps that can each be repeated. */
import type { FileEntry } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { removeFile, sizeOfFile } from '../durable.ts'
import type { Staged } from '../library.ts'
import { sidecarOf } from '../local/sidecar.ts'
import { RemovedSince } from '../removed-since.ts'
import type { Bucket } from './s3-bucket.ts'
import { isMissingUpload } from './s3-errors.ts'
import { CREATED_AT } from './s3-file.ts'
import { type UploadedParts, uploadParts } from './s3-upload.ts'

/** What has just been done for good. */
export type UploadStep = 'uploaded' | 'cleared' | 'described' | 'published' | 'taken'

/** The digest of the whole object, beside it: a store's own tag of an upload in parts is no digest of anything. */
const SHA256 = 'sha256'

interface Publishing {
  bucket: Bucket
  keyOf(name: string): string
  step(done: UploadStep): Promise<void>
}

export const uploadStaged = (
  { bucket, keyOf }: Pick<Publishing, 'bucket' | 'keyOf'>,
  { path, entry }: Staged,
  signal?: AbortSignal,
): Promise<UploadedParts> =>
  uploadParts({
    bucket,
    key: keyOf(entry.filename),
    path,
    sizeBytes: entry.sizeBytes,
    object: {
      mediaType: entry.mediaType,
      metadata: { [SHA256]: entry.sha256, [CREATED_AT]: String(entry.createdAt) },
    },
    signal,
  })

/**
 * The same order as on a disk: the sidecar first, then the object, which appears with all its bytes or not at all; so
 * what can be opened can be described, and a crash in between leaves a sidecar alone, which counts for nothing. The
 * media leaves the work folder last: as long as it is there, the work is not done.
 */
export async function publishStaged({ bucket, keyOf, step }: Publishing, staged: Staged): Promise<FileEntry> {
  const { path, entry } = staged
  const key = keyOf(entry.filename)
  const published = await isThere(bucket, key, entry)
  const size = await sizeOfFile(path)
  if (size === null && published) return entry
  if (size === null) throw new RemovedSince()
  if (size !== entry.sizeBytes) throw lost('The staged file does not have the size that was verified.')

  // Another attempt's bytes: a sidecar must never describe them.
  if (!published) await bucket.remove(key)
  await step('cleared')
  await bucket.put(keyOf(sidecarOf(entry.filename)), JSON.stringify(entry))
  await step('described')
  if (!published) await complete({ bucket, keyOf, step }, staged)
  await step('published')
  await removeFile(path)
  await step('taken')
  return entry
}

/** An upload may be gone: swept, or completed by an attempt that did not live to hear of it. */
async function complete({ bucket, keyOf }: Publishing, staged: Staged): Promise<void> {
  const key = keyOf(staged.entry.filename)
  if (staged.upload) {
    try {
      return await bucket.completeUpload(key, staged.upload.id, staged.upload.parts)
    } catch (error) {
      if (!isMissingUpload(error)) throw error
      if (await isThere(bucket, key, staged.entry)) return
    }
  }
  const { id, parts } = await uploadStaged({ bucket, keyOf }, staged)
  await bucket.completeUpload(key, id, parts)
}

async function isThere(bucket: Bucket, key: string, { sha256, sizeBytes }: FileEntry): Promise<boolean> {
  const object = await bucket.head(key)
  return object !== null && object.metadata[SHA256] === sha256 && object.sizeBytes === sizeBytes
}

const lost = (reason: string) => new JobFailure('internal_error', { cause: new Error(reason) })
