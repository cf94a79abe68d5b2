/** Takes back an upload whose last part may still be on its way. */
import { setTimeout } from 'node:timers/promises'
import type { Bucket } from './s3-bucket.ts'

/**
 * The pauses before each request. A part that the store receives at that moment is kept although the abort was answered, so
 * S3 asks for several requests (AbortMultipartUpload, "it might be necessary to abort … multiple times").
 */
const PAUSES_MS = [0, 250, 1000]

/** Asks until the store does not know the upload any more. Rejects where its last answer is a refusal. */
export async function abortUploadUntilGone(bucket: Bucket, key: string, upload: string): Promise<void> {
  let refused: unknown
  for (const pauseMs of PAUSES_MS) {
    await setTimeout(pauseMs)
    try {
      if (!(await bucket.abortUpload(key, upload))) return
      refused = undefined
    } catch (error) {
      refused = error
    }
  }
  if (refused !== undefined) throw refused
}
