/** Removes many files of a bucket, a thousand objects with each request. */
import { isFileName } from '../file-name.ts'
import type { Removals } from '../library.ts'
import { sidecarOf } from '../local/sidecar.ts'
import type { Bucket } from './s3-bucket.ts'

/** The largest batch of DeleteObjects (S3 API reference). */
const KEYS_MAX = 1000

/** All media of a batch go before its first sidecar, as with a single file. */
export async function removeFromBucket(
  { bucket, keyOf }: { bucket: Pick<Bucket, 'removeAll'>; keyOf: (name: string) => string },
  filenames: readonly string[],
  signal: AbortSignal,
): Promise<Removals> {
  // The library never gave a name of another form, so there is no such object.
  const removals: Removals = { gone: filenames.filter((name) => !isFileName(name)), failed: [] }
  const ours = filenames.filter(isFileName)
  for (let from = 0; from < ours.length && !signal.aborted; from += KEYS_MAX) {
    let batch = ours.slice(from, from + KEYS_MAX)
    for (const nameOf of [(filename: string) => filename, sidecarOf]) {
      const refused = await bucket.removeAll(batch.map((filename) => keyOf(nameOf(filename))))
      const errorOf = (filename: string) => refused.get(keyOf(nameOf(filename)))
      for (const filename of batch) {
        const error = errorOf(filename)
        if (error !== undefined) removals.failed.push({ filename, error })
      }
      batch = batch.filter((filename) => errorOf(filename) === undefined)
    }
    removals.gone.push(...batch)
  }
  return removals
}
