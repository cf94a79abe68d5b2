/** One bucket, in the few words that the library needs: the only file that speaks to the AWS SDK. */
import type { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { signalWithTimeout } from '@video-scraper/core'
import type { ByteRange } from '../library.ts'
import { isMissingObject, isMissingUpload, isNotOffered, withOurCode } from './s3-errors.ts'
import type { S3Settings } from './s3-settings.ts'

/** Questions and small writes; a client waits for them. */
const SHORT_MS = 20_000
/** One part, or the putting together of all of them, which some stores do by copying. */
const LONG_MS = 300_000
/** Where each object needs a request of its own. */
const REMOVED_AT_ONCE = 8

export interface StoredObject {
  sizeBytes: number
  etag: string
  /** What was given when it was made; names in lower case. */
  metadata: Readonly<Record<string, string>>
}

export interface ListedObject {
  key: string
  sizeBytes: number
  modifiedMs: number
}

export interface NewObject {
  mediaType: string
  metadata: Record<string, string>
}

/** Every call rejects with the SDK's error, and with one of code ENOSPC where the store is full. */
export interface Bucket {
  /** Rejects where the bucket is not there, or not ours to use. */
  check(): Promise<void>
  head(key: string): Promise<StoredObject | null>
  /** The stream ends with the signal. Rejects where the object is not the one with this tag any more. */
  get(key: string, options: { range?: ByteRange | null; etag?: string; signal?: AbortSignal }): Promise<Readable | null>
  put(key: string, text: string): Promise<void>
  /** Removing what is not there is fine. */
  remove(key: string): Promise<void>
  /** Removes at most a thousand with one request. Resolves to the keys that could not be removed, each with its error. */
  removeAll(keys: readonly string[]): Promise<Map<string, unknown>>
  /** In the order of their names. */
  list(prefix: string): AsyncIterable<ListedObject>
  beginUpload(key: string, object: NewObject): Promise<string>
  /** Returns the part's tag. Parts count from 1. */
  uploadPart(key: string, upload: string, part: number, bytes: Buffer, signal?: AbortSignal): Promise<string>
  completeUpload(key: string, upload: string, tags: readonly string[]): Promise<void>
  /** False: the store does not know the upload. */
  abortUpload(key: string, upload: string): Promise<boolean>
  /**
   * Every upload in parts that was begun and not ended, in the order of their names. Pages are distinguished by name alone,
   * since not every store takes the mark of an upload: of several uploads of one name the last ones may be missing.
   */
  uploads(prefix: string): AsyncIterable<{ key: string; upload: string; begunMs: number }>
  link(key: string, options: { seconds: number; disposition: string; mediaType: string }): Promise<string>
  close(): void
}

export function openBucket(settings: S3Settings): Bucket {
  const client = clientOf(settings, settings.endpoint)
  const { publicEndpoint } = settings
  const linkClient = publicEndpoint === '' ? client : clientOf(settings, publicEndpoint)
  const Bucket = settings.bucket
  const within = (ms: number, signal?: AbortSignal) => ({ abortSignal: signalWithTimeout(signal, ms) })

  async function removeOne(Key: string): Promise<void> {
    await unlessMissing(() => client.send(new DeleteObjectCommand({ Bucket, Key }), within(SHORT_MS)))
  }

  /** Some stores know no DeleteObjects, or ask for a digest of it that the SDK no longer sends. */
  async function removeEach(keys: readonly string[]): Promise<Map<string, unknown>> {
    const refused = new Map<string, unknown>()
    for (let from = 0; from < keys.length; from += REMOVED_AT_ONCE) {
      const batch = keys.slice(from, from + REMOVED_AT_ONCE)
      await Promise.all(batch.map((key) => removeOne(key).catch((error: unknown) => refused.set(key, error))))
    }
    return refused
  }

  return {
    check: async () => {
      await named(client.send(new HeadBucketCommand({ Bucket }), within(SHORT_MS)))
    },
    head: (Key) =>
      unlessMissing(async () => {
        const answer = await client.send(new HeadObjectCommand({ Bucket, Key }), within(SHORT_MS))
        return { sizeBytes: answer.ContentLength ?? 0, etag: answer.ETag ?? '', metadata: answer.Metadata ?? {} }
      }),
    get: (Key, { range, etag, signal }) =>
      unlessMissing(async () => {
        const asked = {
          Bucket,
          Key,
          ...(range && { Range: `bytes=${range.start}-${range.end}` }),
          ...(etag && { IfMatch: etag }),
        }
        const { Body } = await client.send(new GetObjectCommand(asked), signal ? { abortSignal: signal } : {})
        if (!Body) throw new Error('The store answered without a body.')
        return Body as Readable
      }),
    put: async (Key, Body) => {
      const object = { Bucket, Key, Body, ContentType: 'application/json' }
      await named(client.send(new PutObjectCommand(object), within(SHORT_MS)))
    },
    remove: removeOne,
    removeAll: async (keys) => {
      const Objects = keys.map((Key) => ({ Key }))
      try {
        const asked = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } })
        const { Errors } = await named(client.send(asked, within(SHORT_MS)))
        const refused = (Errors ?? []).filter(({ Code }) => Code !== 'NoSuchKey')
        return new Map(refused.map(({ Key = '', Code, Message }) => [Key, new Error(`${Code}: ${Message}`)]))
      } catch (error) {
        if (!isNotOffered(error)) throw error
        return await removeEach(keys)
      }
    },
    list: async function* (Prefix) {
      for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key, Size, LastModified } of Contents ?? []) {
          if (Key !== undefined) yield { key: Key, sizeBytes: Size ?? 0, modifiedMs: LastModified?.getTime() ?? 0 }
        }
      }
    },
    beginUpload: async (Key, { mediaType, metadata }) => {
      const object = { Bucket, Key, ContentType: mediaType, Metadata: metadata }
      const { UploadId } = await named(client.send(new CreateMultipartUploadCommand(object), within(SHORT_MS)))
      if (!UploadId) throw new Error('The store began an upload without a name.')
      return UploadId
    },
    uploadPart: async (Key, UploadId, PartNumber, Body, signal) => {
      const part = { Bucket, Key, UploadId, PartNumber, Body, ContentLength: Body.length }
      const { ETag } = await named(client.send(new UploadPartCommand(part), within(LONG_MS, signal)))
      if (!ETag) throw new Error('The store took a part without a tag.')
      return ETag
    },
    completeUpload: async (Key, UploadId, tags) => {
      const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }))
      const whole = { Bucket, Key, UploadId, MultipartUpload: { Parts } }
      await named(client.send(new CompleteMultipartUploadCommand(whole), within(LONG_MS)))
    },
    abortUpload: async (Key, UploadId) => {
      try {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }), within(SHORT_MS))
        return true
      } catch (error) {
        if (isMissingUpload(error)) return false
        throw error
      }
    },
    uploads: async function* (Prefix) {
      let KeyMarker: string | undefined
      do {
        const asked = new ListMultipartUploadsCommand({ Bucket, Prefix, ...(KeyMarker && { KeyMarker }) })
        const answer: ListMultipartUploadsCommandOutput = await named(client.send(asked, within(SHORT_MS)))
        for (const { Key = '', UploadId = '', Initiated } of answer.Uploads ?? []) {
          yield { key: Key, upload: UploadId, begunMs: Initiated?.getTime() ?? 0 }
        }
        // A store that names the same page again would be listed for ever.
        KeyMarker = answer.IsTruncated && answer.NextKeyMarker !== KeyMarker ? answer.NextKeyMarker : undefined
      } while (KeyMarker)
    },
    link: (Key, { seconds, disposition, mediaType }) => {
      const answered = { ResponseContentDisposition: disposition, ResponseContentType: mediaType }
      return getSignedUrl(linkClient, new GetObjectCommand({ Bucket, Key, ...answered }), { expiresIn: seconds })
    },
    close: () => {
      client.destroy()
      linkClient.destroy()
    },
  }
}

function clientOf(
  { region, accessKeyId, secretAccessKey, forcePathStyle, certificateAuthorities }: S3Settings,
  endpoint: string,
): S3Client {
  return new S3Client({
    region,
    forcePathStyle,
    ...(endpoint !== '' && { endpoint }),
    ...(accessKeyId !== '' && { credentials: { accessKeyId, secretAccessKey } }),
    // Each client that downloads holds a connection for as long as it takes.
    requestHandler: {
      connectionTimeout: 5000,
      httpAgent: { maxSockets: 1000, keepAlive: true },
      httpsAgent: {
        maxSockets: 1000,
        keepAlive: true,
        ...(certificateAuthorities && { ca: [...certificateAuthorities] }),
      },
    },
    // Checksums beyond those that a request needs are Amazon's own, and other stores refuse them. The signature holds
    // the sha-256 of each part anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

async function named<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw withOurCode(error)
  }
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isMissingObject(error)) return null
    throw withOurCode(error)
  }
}
