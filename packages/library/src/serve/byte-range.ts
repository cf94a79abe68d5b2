/** Reads the Range header, as RFC 9110 section 14 spells it. */
import type { ByteRange } from '../library.ts'

/** `whole`: answer as if there were no such header. `unsatisfiable`: 416. */
export type RequestedRange = ByteRange | 'whole' | 'unsatisfiable'

/**
 * One range is answered. Several are answered with the whole file, which a server may always do, and which saves it
 * from a request for a thousand overlapping ones; other units, and what is not a range at all, are ignored.
 */
export function readRange(header: string, sizeBytes: number): RequestedRange {
  const set = /^bytes=(.*)$/i.exec(header.trim())?.[1]
  const specs = (set ?? '').split(',').map((spec) => spec.trim())
  const [spec, ...more] = specs.filter((text) => text !== '')
  const parts = /^(\d*)-(\d*)$/.exec(spec ?? '')
  if (!parts || more.length > 0 || sizeBytes === 0) return 'whole'
  const [, first = '', last = ''] = parts
  if (first === '') return last === '' ? 'whole' : suffix(Number(last), sizeBytes)
  if (last !== '' && Number(last) < Number(first)) return 'whole'
  if (Number(first) >= sizeBytes) return 'unsatisfiable'
  return { start: Number(first), end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) }
}

/** The last so many bytes; all there are where that is more than there are. */
const suffix = (length: number, sizeBytes: number): RequestedRange =>
  length === 0 ? 'unsatisfiable' : { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 }
