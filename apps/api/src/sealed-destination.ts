/** Takes the secret address of a destination out of the options of a request, before these go anywhere. */
import { type SecretKeys, sealText } from '@video-scraper/boot'
import type { JobOptions } from '@video-scraper/contracts'
import { canonicalSourceUrl, destinationSeal } from '@video-scraper/core'
import { RequestError } from './errors.ts'

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

const refused = (field: string, message: string) =>
  new RequestError('invalid_request', {
    message: `The destination cannot be used: ${field.slice(1).replace('/', '.')} ${message}.`,
    details: [{ field, message }],
  })
