/** Takes a client's own words about a job. The schema has checked each of them; together they are bounded here. */
import { METADATA_BYTES_MAX, type Metadata, metadataBytes } from '@video-scraper/contracts'
import { RequestError } from '../http/errors.ts'

/** Null for none. Half of a character (a lone surrogate) becomes U+FFFD, as it would on its way through Redis. */
export function checkedMetadata(given: Metadata | undefined): Metadata | null {
  const entries = Object.entries(given ?? {})
  if (entries.length === 0) return null
  const metadata = Object.fromEntries(entries.map(([name, value]) => [name, Buffer.from(value).toString()]))
  const bytes = metadataBytes(metadata)
  if (bytes > METADATA_BYTES_MAX) throw tooLarge(bytes)
  return metadata
}

const tooLarge = (bytes: number) =>
  new RequestError('invalid_request', {
    message: `The metadata is too large: names and values may have ${METADATA_BYTES_MAX} bytes together, and these have ${bytes}.`,
    details: [{ field: '/metadata', message: `must have at most ${METADATA_BYTES_MAX} bytes` }],
  })
