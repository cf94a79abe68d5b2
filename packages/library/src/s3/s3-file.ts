/** A published object that is being read. */
import { PassThrough, pipeline } from 'node:stream'
import type { OpenFile } from '../library.ts'
import type { Bucket } from './s3-bucket.ts'

/** A slow reader then holds about twice this between store and socket. */
const BUFFER_BYTES = 64 * 1024

/** The object's publication in epoch milliseconds, as we give it: the store's own time is that of the upload. */
export const CREATED_AT = 'created-at'

export async function openObject(bucket: Bucket, key: string): Promise<OpenFile | null> {
  const object = await bucket.head(key)
  if (object === null) return null
  const { sizeBytes, etag, metadata } = object
  return {
    sizeBytes,
    modifiedMs: Number(metadata[CREATED_AT] ?? 0),
    // The store is asked at once: what has begun to be read is read to its end, whoever removes it meanwhile.
    stream(range) {
      const end = new AbortController()
      const stream = new PassThrough({ highWaterMark: BUFFER_BYTES })
      stream.once('close', () => end.abort())
      bucket.get(key, { range, etag, signal: end.signal }).then(
        (body) => {
          if (body === null) stream.destroy(new Error('The object was removed before it could be read.'))
          else pipeline(body, stream, () => undefined)
        },
        (error: Error) => stream.destroy(error),
      )
      return stream
    },
    close: async () => undefined,
  }
}
