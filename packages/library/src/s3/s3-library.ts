/** The library as a bucket: each published file is an object beside its sidecar. */
import type { FileEntry } from '@video-scraper/contracts'
import { sizeOfFile } from '../durable.ts'
import { isFileEntry, parseJson } from '../file-entry.ts'
import { isFileName } from '../file-name.ts'
import type { Library, Staged } from '../library.ts'
import { describedBy, SIDECAR_BYTES_MAX, sidecarOf } from '../local/sidecar.ts'
import { typeInHttp } from '../media-type.ts'
import type { NoteKeys } from '../publish/note-signature.ts'
import { readStaged, writeStaged } from '../publish/staging.ts'
import { contentDisposition } from '../serve/content-disposition.ts'
import { type ListedObject, openBucket } from './s3-bucket.ts'
import { openObject } from './s3-file.ts'
import { publishStaged, type UploadStep, uploadStaged } from './s3-publication.ts'
import { removeFromBucket } from './s3-removals.ts'
import type { S3Settings } from './s3-settings.ts'

/** Sidecars that are read at once for a rebuild. */
const READ_AT_ONCE = 16

export interface S3LibraryOptions {
  settings: S3Settings
  /** Default: none. */
  noteKeys?: NoteKeys
  /** Hears of every finished step, and is waited for. Tests stop here for good. */
  onStep?: (step: UploadStep | 'media removed' | 'sidecar removed') => Promise<void>
}

export interface S3Library extends Library {
  link: NonNullable<Library['link']>
  /** Closes idle connections to the store. */
  close(): void
}

/** Opens the library; resolves when the bucket has answered, rejects when it is not there or not ours to use. */
export async function openS3Library({ settings, noteKeys = [], onStep }: S3LibraryOptions): Promise<S3Library> {
  const bucket = openBucket(settings)
  const { prefix } = settings
  const step = onStep ?? (async () => {})
  const keyOf = (name: string) => `${prefix}${name}`
  try {
    await bucket.check()
  } catch (error) {
    bucket.close()
    const reason = error instanceof Error ? error.name : 'unknown'
    throw new Error(`The bucket ${settings.bucket} cannot be used (${reason}). Look at the S3_ settings.`, {
      cause: error,
    })
  }

  return {
    async stage(files, signal) {
      const uploaded: Staged[] = []
      try {
        for (const file of files) {
          uploaded.push({ ...file, upload: await uploadStaged({ bucket, keyOf }, file, signal) })
          await step('uploaded')
        }
        return await writeStaged(uploaded, noteKeys)
      } catch (error) {
        await Promise.all(uploaded.map(abort))
        throw error
      }
    },
    readStaged: (folder) => readStaged(folder, noteKeys),
    async unstage(folder) {
      for (const file of (await readStaged(folder, noteKeys)) ?? []) {
        // When a file has left the folder, its upload has become an object.
        if ((await sizeOfFile(file.path)) !== null) await abort(file)
      }
    },
    publish: (staged) => {
      if (!isFileName(staged.entry.filename))
        throw new TypeError('The library publishes only under names that it gave.')
      return publishStaged({ bucket, keyOf, step }, staged)
    },
    open: async (filename) => (isFileName(filename) ? await openObject(bucket, keyOf(filename)) : null),
    link: ({ filename, title, mediaType, language }, { disposition, seconds }) =>
      bucket.link(keyOf(filename), {
        seconds,
        disposition: contentDisposition({ filename, title, language, disposition }),
        mediaType: typeInHttp(mediaType),
      }),

    /** In the order, and for the reasons, of a local folder. */
    remove: async (filename) => {
      if (!isFileName(filename)) return false
      const there = (await bucket.head(keyOf(filename))) !== null
      if (there) await bucket.remove(keyOf(filename))
      await step('media removed')
      await bucket.remove(keyOf(sidecarOf(filename)))
      await step('sidecar removed')
      return there
    },

    removeAll: (filenames, signal) => removeFromBucket({ bucket, keyOf }, filenames, signal),

    describe: async (filename) => {
      const media = isFileName(filename) ? await bucket.head(keyOf(filename)) : null
      return media && (await readSidecar(keyOf(sidecarOf(filename)), filename, media.sizeBytes))
    },

    entries: async function* () {
      let batch: Promise<FileEntry | null>[] = []
      for await (const { sidecar, filename, media } of pairs()) {
        if (!media) continue
        batch.push(readListed(sidecar, filename, media.sizeBytes))
        if (batch.length < READ_AT_ONCE) continue
        yield* (await Promise.all(batch)).filter((entry) => entry !== null)
        batch = []
      }
      yield* (await Promise.all(batch)).filter((entry) => entry !== null)
    },

    names: async function* () {
      for await (const { key } of bucket.list(prefix)) {
        const name = key.slice(prefix.length)
        if (isFileName(name)) yield name
      }
    },

    sweep: async ({ olderThanMs, signal }) => {
      const newestMs = Date.now() - olderThanMs
      const keys: string[] = []
      for await (const key of leftOvers(newestMs)) {
        if (signal?.aborted) break
        keys.push(key)
      }
      return keys.map((key) => key.slice(prefix.length))
    },

    freeBytes: async () => Number.POSITIVE_INFINITY,
    close: bucket.close,
  }

  /** What cannot be taken back now is swept later. */
  async function abort({ entry, upload }: Staged): Promise<void> {
    if (upload) await bucket.abortUpload(keyOf(entry.filename), upload.id).catch(() => undefined)
  }

  /** Removes what no publication will need any more, and yields the key of each. */
  async function* leftOvers(newestMs: number): AsyncGenerator<string> {
    for await (const { sidecar, media } of pairs()) {
      if (media || sidecar.modifiedMs > newestMs) continue
      await bucket.remove(sidecar.key)
      yield sidecar.key
    }
    for await (const { key, upload, begunMs } of bucket.uploads(prefix)) {
      const isOurs = key.startsWith(prefix) && isFileName(key.slice(prefix.length))
      if (begunMs > newestMs || !isOurs) continue
      await bucket.abortUpload(key, upload).catch(() => undefined)
      yield key
    }
  }

  /** Every sidecar with its media, if that is there. In the order of names a file is followed by its sidecar at once. */
  async function* pairs(): AsyncGenerator<{ sidecar: ListedObject; filename: string; media: ListedObject | null }> {
    let before: ListedObject | null = null
    for await (const object of bucket.list(prefix)) {
      const filename = describedBy(object.key.slice(prefix.length))
      if (filename !== null) yield { sidecar: object, filename, media: before?.key === keyOf(filename) ? before : null }
      before = object
    }
  }

  async function readListed(sidecar: ListedObject, filename: string, sizeBytes: number): Promise<FileEntry | null> {
    return sidecar.sizeBytes > SIDECAR_BYTES_MAX ? null : readSidecar(sidecar.key, filename, sizeBytes)
  }

  async function readSidecar(key: string, filename: string, sizeBytes: number): Promise<FileEntry | null> {
    const body = await bucket.get(key, { range: { start: 0, end: SIDECAR_BYTES_MAX - 1 } })
    const entry = body && parseJson(Buffer.concat(await body.toArray()).toString('utf8'))
    return isFileEntry(entry) && entry.filename === filename && entry.sizeBytes === sizeBytes ? entry : null
  }
}
