/** The note that a finished download leaves in its work folder, so that a crash cannot undo its verification. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unlessMissing, writeWhole } from '../durable.ts'
import { isFileEntry, parseJson } from '../file-entry.ts'
import type { Staged } from '../library.ts'
import { isOurNote, type NoteKeys, signNote } from './note-signature.ts'

/** The note's name in the work folder. */
const PUBLICATION_NOTE = 'publication.json'

/**
 * Writes the note. Each file must lie directly in the work folder: the note names it without a path. The first file stands where
 * the note of earlier releases has its only one, and the rest in `others`, so that one reader reads both. One signature is for all.
 */
export async function writeStaged(files: readonly Staged[], keys: NoteKeys): Promise<Staged[]> {
  const [media, ...others] = files
  if (media === undefined) throw new TypeError('There is no file to stage.')
  const note = {
    ...noted(media, media.folder),
    ...(others.length > 0 && { others: others.map((each) => noted(each, media.folder)) }),
  }
  const signature = signNote(keys, JSON.stringify(note))
  await writeWhole(media.folder, PUBLICATION_NOTE, JSON.stringify({ ...note, signature }))
  return [...files]
}

function noted({ path, entry, upload }: Staged, folder: string) {
  const media = basename(path)
  if (join(folder, media) !== join(path)) {
    throw new TypeError('Only a file that lies directly in the work folder can be staged.')
  }
  if (!isFileEntry(entry)) throw new TypeError('The entry of a staged file is not complete.')
  return { media, entry, upload }
}

/** Reads the note back; null where there is none, or none that can be believed whole. */
export async function readStaged(folder: string, keys: NoteKeys): Promise<Staged[] | null> {
  const text = await unlessMissing(readFile(join(folder, PUBLICATION_NOTE), 'utf8'))
  const note = text === null ? undefined : parseJson(text)
  if (typeof note !== 'object' || note === null) return null
  // What was signed is the note as it was written, so its fields keep their order.
  const { signature, ...signed } = note as Record<string, unknown>
  if (!isOurNote(keys, JSON.stringify(signed), signature)) return null
  const media = stagedFrom(signed, folder)
  if (media === null) return null
  const { others = [] } = signed
  if (!Array.isArray(others)) return null
  const files = [media, ...others.map((each) => stagedFrom(each, folder))]
  return files.every((file) => file !== null) ? files : null
}

function stagedFrom(note: unknown, folder: string): Staged | null {
  if (typeof note !== 'object' || note === null || !('media' in note) || !('entry' in note)) return null
  const { media, entry } = note
  if (typeof media !== 'string' || media !== basename(media) || /^\.*$/.test(media) || !isFileEntry(entry)) return null
  const upload = 'upload' in note ? note.upload : undefined
  return { folder, path: join(folder, media), entry, ...(isUpload(upload) && { upload }) }
}

const isUpload = (value: unknown): value is NonNullable<Staged['upload']> =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'parts' in value &&
  Array.isArray(value.parts) &&
  value.parts.every((tag) => typeof tag === 'string')
