/** Takes the secret address of a destination out of the options of a request, before these go anywhere. */
import { type SecretKeys, sealText, unsealText } from '@video-scraper/boot'
import type { JobEnvelope, JobOptions } from '@video-scraper/contracts'
import { canonicalSourceUrl, destinationSeal } from '@video-scraper/core'
import { RequestError } from '../http/errors.ts'

interface DestinationRequest {
  /** Of the body; it was validated. */
  readonly asked: { readonly put_url: string } | undefined
  readonly options: JobOptions
  readonly owner: string
  readonly secretKeys: SecretKeys
  readonly isBatch: boolean
}

interface SealedDestination {
  /** They name the origin of the destination alone. */
  readonly options: JobOptions
  /** The address; null for none. */
  readonly sealed: string | null
}

/** Throws a 400 for an address that nothing could be sent to, and for one address and many jobs. The host is checked by the worker. */
export function sealDestination({ asked, options, owner, secretKeys, isBatch }: DestinationRequest): SealedDestination {
  if (asked === undefined) return { options, sealed: null }
  if (isBatch) throw refused('/destination', 'must not stand beside urls: one address takes one file')
  const url = canonicalSourceUrl(asked.put_url)
  if (url === null)
    throw refused(
      '/destination/put_url',
      'must be an absolute http or https address of at most 4096 characters, without credentials',
    )
  const { origin } = new URL(url)
  return {
    options: { ...options, destination: { origin } },
    sealed: sealText(secretKeys, destinationSeal({ owner, origin }), url),
  }
}

/**
 * The sealed address of an earlier job, sealed anew with the key of today, so that it lives as long as the new job. Null for none. Throws a
 * 400 where the key it was sealed with is gone.
 */
export function resealDestination(
  { owner, options, destination }: Pick<JobEnvelope, 'owner' | 'options' | 'destination'>,
  secretKeys: SecretKeys,
): string | null {
  if (options.destination === undefined) return null
  const seal = destinationSeal({ owner, origin: options.destination.origin })
  const url = destination ? unsealText(secretKeys, seal, destination.sealed) : null
  if (url !== null) return sealText(secretKeys, seal, url)
  throw new RequestError('invalid_request', {
    message:
      'The job cannot be retried: this service no longer has the key that its put_url was encrypted with. Ask for the download anew.',
  })
}

const refused = (field: string, message: string) =>
  new RequestError('invalid_request', {
    message: `The destination cannot be used: ${field.slice(1).replace('/', '.')} ${message}.`,
    details: [{ field, message }],
  })
