/** The note that a finished download leaves in its work folder, so that a crash cannot undo its verification. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unlessMissing, writeWhole } from './durable.ts'
import { isFileEntry, parseJson } from './file-entry.ts'
import type { Staged } from './library.ts'
import { isOurNote, type NoteKeys, signNote } from './note-signature.ts'

/** The note's name in the work folder. */
const PUBLICATION_NOTE = 'publication.json'

/** Writes the note. The media must lie directly in the work folder: the note names it without a path. */
export async function writeStaged(staged: Staged, keys: NoteKeys): Promise<Staged> {
  const media = basename(staged.path)
  if (join(staged.folder, media) !== join(staged.path)) {
    throw new TypeError('Only a file that lies directly in the work folder can be staged.')
  }
  if (!isFileEntry(staged.entry)) throw new TypeError('The entry of a staged file is not complete.')
  const note = { media, entry: staged.entry, upload: staged.upload }
  const signature = signNote(keys, JSON.stringify(note))
  await writeWhole(staged.folder, PUBLICATION_NOTE, JSON.stringify({ ...note, signature }))
  return staged
}

/** Reads the note back; null where there is none, or none that can be believed. */
export async function readStaged(folder: string, keys: NoteKeys): Promise<Staged | null> {
  const text = await unlessMissing(readFile(join(folder, PUBLICATION_NOTE), 'utf8'))
  const note = text === null ? undefined : parseJson(text)
  if (typeof note !== 'object' || note === null || !('media' in note) || !('entry' in note)) return null
  const { media, entry } = note
  if (typeof media !== 'string' || media !== basename(media) || /^\.*$/.test(media) || !isFileEntry(entry)) return null
  const upload = 'upload' in note ? note.upload : undefined
  const signature = 'signature' in note ? note.signature : undefined
  if (!isOurNote(keys, JSON.stringify({ media, entry, upload }), signature)) return null
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
