/** Signs the note of a finished download: it lies in a folder in which a job writes, and a job may have been taken over. */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** The first signs, all verify. None: notes are neither signed nor verified, as where nobody but the reader writes. */
export type NoteKeys = readonly KeyObject[]

const signatureWith = (key: KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Hexadecimal; undefined where there is no key. */
export const signNote = ([first]: NoteKeys, text: string): string | undefined =>
  first && signatureWith(first, text).toString('hex')

export function isOurNote(keys: NoteKeys, text: string, signature: unknown): boolean {
  if (keys.length === 0) return true
  const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex')
  return keys.some((key) => {
    const expected = signatureWith(key, text)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}
