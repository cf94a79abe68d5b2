/** Carries a file into a bucket in parts, with a bounded amount of it in memory. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { abortUploadUntilGone } from './abort-upload.ts'
import type { Bucket, NewObject } from './s3-bucket.ts'

/** More than S3's smallest part (5 MiB). At most 10,000 parts make an object, so a file beyond 80 GB has larger ones. */
const PART_BYTES = 8 * 1024 * 1024
const PARTS_MAX = 10_000
const MIB = 1024 * 1024
/** Two parts on their way hide the pause between them; more would only take memory. */
const AT_ONCE = 2

export interface UploadedParts {
  /** The store's name for the upload. */
  id: string
  /** The tags of its parts, in order. */
  parts: string[]
}

interface UploadRequest {
  bucket: Bucket
  key: string
  path: string
  sizeBytes: number
  object: NewObject
  signal?: AbortSignal | undefined
}

const partBytesFor = (sizeBytes: number): number => Math.max(PART_BYTES, Math.ceil(sizeBytes / PARTS_MAX / MIB) * MIB)

/** Nothing can be seen of the object before the upload is completed. Rejects with the signal's reason; leaves nothing then. */
export async function uploadParts({
  bucket,
  key,
  path,
  sizeBytes,
  object,
  signal,
}: UploadRequest): Promise<UploadedParts> {
  signal?.throwIfAborted()
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const id = await bucket.beginUpload(key, object)
    try {
      return { id, parts: await sendAll({ bucket, key, id, file, sizeBytes, signal }) }
    } catch (error) {
      // What cannot be taken back now is swept later.
      await abortUploadUntilGone(bucket, key, id).catch(() => undefined)
      throw signal?.aborted ? signal.reason : error
    }
  } finally {
    await file.close()
  }
}

interface Sending {
  bucket: Bucket
  key: string
  id: string
  file: FileHandle
  sizeBytes: number
  signal: AbortSignal | undefined
}

async function sendAll({ bucket, key, id, file, sizeBytes, signal }: Sending): Promise<string[]> {
  const partBytes = partBytesFor(sizeBytes)
  const count = Math.ceil(sizeBytes / partBytes)
  const tags: string[] = new Array(count).fill('')
  const failed = new AbortController()
  let next = 0
  const sender = async () => {
    // One buffer for each sender, used again: a part is on its way only until its tag has come.
    const buffer = Buffer.allocUnsafeSlow(Math.min(partBytes, sizeBytes))
    for (let index = next++; index < count && !failed.signal.aborted; index = next++) {
      signal?.throwIfAborted()
      const start = index * partBytes
      const bytes = await readExactly(file, buffer, start, Math.min(partBytes, sizeBytes - start))
      tags[index] = await bucket.uploadPart(key, id, index + 1, bytes, signal)
    }
  }
  const senders = Array.from({ length: Math.min(AT_ONCE, count) }, () =>
    // The first failure is the one that says why. The part of the other sender is let end: one that is cut off may be kept
    // by the store after the upload was aborted.
    sender().catch((error: unknown) => failed.abort(error)),
  )
  await Promise.all(senders)
  failed.signal.throwIfAborted()
  return tags
}

async function readExactly(file: FileHandle, buffer: Buffer, start: number, length: number): Promise<Buffer> {
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, start + read)
    if (bytesRead === 0) throw new Error('The file became shorter while it was uploaded.')
    read += bytesRead
  }
  return buffer.subarray(0, length)
}
