/** The bytes of a file, of which the last ones are only given when all of them are those that were verified. */
import { createHash } from 'node:crypto'

/** The bytes are not those that were verified. */
export class OtherBytes extends Error {
  override readonly name = 'OtherBytes'
}

/**
 * Whoever announces the size beforehand and is broken off before the last byte has delivered nothing. Rejects with
 * `OtherBytes` instead of giving that byte.
 */
export async function* verifiedBytes(
  chunks: AsyncIterable<Buffer>,
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string },
): AsyncGenerator<Buffer> {
  const digest = createHash('sha256')
  let left = sizeBytes
  for await (const chunk of chunks) {
    left -= chunk.length
    digest.update(chunk)
    if (left < 0 || (left === 0 && digest.digest('hex') !== sha256))
      throw new OtherBytes('The file is not the one that was verified.')
    yield chunk
    if (left === 0) return
  }
  throw new OtherBytes('The file is shorter than the one that was verified.')
}
