/** The address that a job's file is delivered to: opened for one attempt, and kept nowhere. */
import { type SecretKeys, unsealText } from '@video-scraper/boot'
import type { JobEnvelope } from '@video-scraper/contracts'
import { destinationSeal, JobFailure } from '@video-scraper/core'

/**
 * Null: the file is delivered nowhere. Throws `delivery_failed` where it cannot be opened. Most often the operator is changing keys
 * and has restarted others first, so another attempt may meet a worker that knows the key.
 */
export function openDestination(
  keys: SecretKeys,
  { owner, options, destination }: Pick<JobEnvelope, 'owner' | 'options' | 'destination'>,
): string | null {
  if (options.destination === undefined) return null
  const { origin } = options.destination
  const url = destination ? unsealText(keys, destinationSeal({ owner, origin }), destination.sealed) : null
  if (url !== null) return url
  throw new JobFailure('delivery_failed', {
    cause: new Error('The destination is sealed with a key that is not among SECRET_KEYS of this process.'),
  })
}
