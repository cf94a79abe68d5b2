/** What a worker writes down of a finished download before it publishes it, and whom it believes when it reads that again. */
import { createSecretKey } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { entryOf, severalIn, stageOne, workFolderWith } from './staged-file.ts'

const CONTENT = 'the bytes of a video'
const entry = entryOf(CONTENT)
let root: TemporaryFolder
let directory: string
let folder: string
let library: LocalLibrary

beforeEach(async () => {
  root = await temporaryFolder()
  directory = join(root.path, 'data', 'library')
  folder = join(root.path, 'work')
  library = await openLocalLibrary({ directory })
})

afterEach(() => root.remove())

test('what is staged survives as a note; a torn, foreign or leading-elsewhere one is none', async () => {
  const staged = await stageOne(library, await workFolderWith(folder, CONTENT))
  expect(await library.readStaged(folder)).toEqual([staged])
  expect((await readdir(folder)).sort()).toEqual(['media.mp4', 'publication.json'])
  const note = { media: 'media.mp4', entry }
  for (const bad of [
    '',
    '{"media":"media.mp4","ent',
    'null',
    JSON.stringify({ ...note, media: '../other/media.mp4' }),
    JSON.stringify({ ...note, media: '..' }),
    JSON.stringify({ ...note, media: '' }),
    JSON.stringify({ ...note, entry: { ...entry, filename: '../x' } }),
    JSON.stringify({ ...note, entry: { ...entry, sizeBytes: 0 } }),
    JSON.stringify({ ...note, entry: { ...entry, owner: undefined } }),
  ]) {
    await writeFile(join(folder, 'publication.json'), bad)
    expect(await library.readStaged(folder)).toBeNull()
  }
  await rm(join(folder, 'publication.json'))
  expect(await library.readStaged(folder)).toBeNull()
  expect(await library.readStaged(join(root.path, 'missing'))).toBeNull()
})

test('the note of an earlier release, which knows one file, is read; one of whose others cannot be believed is none', async () => {
  const [media, ...others] = await severalIn(folder, CONTENT)
  const noted = (file: typeof media) => ({ media: basename(file?.path ?? ''), entry: file?.entry })
  await writeFile(join(folder, 'publication.json'), JSON.stringify(noted(media)))
  expect(await library.readStaged(folder)).toEqual([media])
  for (const bad of [
    [null],
    ['x'],
    [{ media: 'media.en.vtt' }],
    [noted(others[0]), { ...noted(others[1]), media: '../x' }],
    {},
  ]) {
    await writeFile(join(folder, 'publication.json'), JSON.stringify({ ...noted(media), others: bad }))
    expect(await library.readStaged(folder)).toBeNull()
  }
})

test('a note that a job has written itself, or changed, is none: only the worker’s keys sign them', async () => {
  const key = (byte: number) => createSecretKey(Buffer.alloc(32, byte))
  const signing = await openLocalLibrary({ directory, noteKeys: [key(1), key(2)] })
  const staged = await signing.stage(await severalIn(folder, CONTENT))
  expect(await signing.readStaged(folder)).toEqual(staged)
  // The keys have been changed since, and the old one is still there.
  const after = await openLocalLibrary({ directory, noteKeys: [key(3), key(1)] })
  expect(await after.readStaged(folder)).toEqual(staged)
  const stranger = await openLocalLibrary({ directory, noteKeys: [key(2)] })
  expect(await stranger.readStaged(folder)).toBeNull()

  const path = join(folder, 'publication.json')
  const note = JSON.parse(await readFile(path, 'utf8'))
  for (const forged of [
    { ...note, signature: undefined },
    { ...note, signature: '' },
    { ...note, signature: note.signature.slice(2) },
    { ...note, media: 'other.mp4' },
    { ...note, entry: { ...note.entry, owner: 'somebody else' } },
    { ...note, entry: { ...note.entry, mediaType: 'text/html' } },
    { ...note, upload: { id: 'x', parts: [] } },
    { ...note, others: [] },
    { ...note, others: note.others.slice(1) },
  ]) {
    await writeFile(path, JSON.stringify(forged))
    expect(await signing.readStaged(folder)).toBeNull()
  }
})

test('only a complete entry, of media that lies in the work folder, can be staged', async () => {
  const staged = await workFolderWith(folder, CONTENT)
  await expect(stageOne(library, { ...staged, path: join(root.path, 'media.mp4') })).rejects.toThrow(TypeError)
  await expect(stageOne(library, { ...staged, entry: { ...entry, sha256: 'x' } })).rejects.toThrow(TypeError)
  expect(readdirSync(folder)).toEqual(['media.mp4'])
})
