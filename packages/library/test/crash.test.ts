/** A kill -9 between any two steps of publishing or removing loses nothing, shows nothing half, and can be made good. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { type LibraryStep, type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { killAfterStep } from './crash/killed-process.ts'
import { entryOf, workFolderWith } from './staged-file.ts'

const CONTENT = 'the bytes of a video'
const entry = entryOf(CONTENT)

let root: TemporaryFolder
let directory: string
let folder: string
let library: LocalLibrary

beforeEach(async () => {
  root = await temporaryFolder()
  directory = join(root.path, 'library')
  folder = join(root.path, 'work')
  library = await openLocalLibrary({ directory })
})

afterEach(() => root.remove())

async function listed(): Promise<FileEntry[]> {
  const entries: FileEntry[] = []
  for await (const each of library.entries()) entries.push(each)
  return entries
}

async function served(): Promise<string | null> {
  const file = await library.open(entry.filename)
  return file && Buffer.concat(await file.stream(null).toArray()).toString()
}

const kill = (act: 'publish' | 'remove', stopAfter: LibraryStep) =>
  killAfterStep({ directory, folder, filename: entry.filename, act, stopAfter })

/** What may be seen of the file after the crash, by steps that were done. */
const publication: [LibraryStep, boolean][] = [
  ['settled', false],
  ['cleared', false],
  ['described', false],
  ['published', true],
]

test.each(publication)(
  'killed after "%s", the file is there whole or not at all, and publishing again ends it',
  async (step, there) => {
    await library.stage(await workFolderWith(folder, CONTENT))
    await kill('publish', step)
    expect(await served()).toBe(there ? CONTENT : null)
    expect(await listed()).toEqual(there ? [entry] : [])

    const staged = await library.readStaged(folder)
    expect(staged?.entry).toEqual(entry)
    if (staged) expect(await library.publish(staged)).toEqual(entry)
    expect(await served()).toBe(CONTENT)
    expect(await listed()).toEqual([entry])
    expect((await readdir(directory)).sort()).toEqual([entry.filename, `${entry.filename}.json`])
  },
)

test('killed after "described", a sweep before the next try takes the lone sidecar, and publishing again still works', async () => {
  const staged = await library.stage(await workFolderWith(folder, CONTENT))
  await kill('publish', 'described')
  expect(await library.sweep({ olderThanMs: 0 })).toEqual([`${entry.filename}.json`])
  await library.publish(staged)
  expect(await listed()).toEqual([entry])
})

test.each<LibraryStep>(['media removed', 'sidecar removed'])(
  'killed after "%s", the file is neither served nor counted, nor can a rebuild or its job bring it back',
  async (step) => {
    const staged = await library.stage(await workFolderWith(folder, CONTENT))
    await library.publish(staged)
    await kill('remove', step)
    expect(await served()).toBeNull()
    expect(await listed()).toEqual([])
    await expect(library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
    expect(await served()).toBeNull()
    expect(await listed()).toEqual([])

    expect(await library.remove(entry.filename)).toBe(false)
    expect(await readdir(directory)).toEqual([])
  },
)
