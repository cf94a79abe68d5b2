/** A finished download comes into the library: whole, once, and under its name, also from another file system. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { entryOf, stageOne, workFolderWith } from './staged-file.ts'

const CONTENT = 'the bytes of a video'
const entry = entryOf(CONTENT)
const { filename } = entry
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

const publish = async (content = CONTENT) =>
  library.publish(await stageOne(library, await workFolderWith(folder, content)))

async function listed(): Promise<FileEntry[]> {
  const entries: FileEntry[] = []
  for await (const each of library.entries()) entries.push(each)
  return entries
}

const read = async (range: { start: number; end: number } | null = null) => {
  const file = await library.open(filename)
  return file && Buffer.concat(await file.stream(range).toArray()).toString()
}

test('a published file can be read, whole and in parts, and is gone from the work folder', async () => {
  expect(await publish()).toEqual(entry)
  expect(await read()).toBe(CONTENT)
  expect(await read({ start: 4, end: 8 })).toBe('bytes')
  expect(await read({ start: 0, end: 0 })).toBe('t')
  expect(existsSync(join(folder, 'media.mp4'))).toBe(false)
  expect(await listed()).toEqual([entry])
})

test('folder and files belong to us alone, and the file counts as modified when it was published', async () => {
  await publish()
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(statSync(join(directory, filename)).mode & 0o137).toBe(0)
  expect(statSync(join(directory, `${filename}.json`)).mode & 0o137).toBe(0)
  const file = await library.open(filename)
  await file?.close()
  expect(Math.abs((file?.modifiedMs ?? 0) - entry.createdAt)).toBeLessThan(1)
})

test('publishing twice answers the same', async () => {
  const staged = await stageOne(library, await workFolderWith(folder, CONTENT))
  expect(await library.publish(staged)).toEqual(await library.publish(staged))
  expect(await listed()).toEqual([entry])
})

test('two workers that publish the same job at once both succeed, and the file is there', async () => {
  for (let round = 0; round < 20; round++) {
    const staged = await stageOne(library, await workFolderWith(folder, CONTENT))
    await Promise.all([library.publish(staged), library.publish(staged), library.publish(staged)])
    expect(await read()).toBe(CONTENT)
  }
})

test('a worker that publishes what another one has just published does not take it away', async () => {
  const staged = await stageOne(library, await workFolderWith(folder, CONTENT))
  const late = await openLocalLibrary({
    directory,
    onStep: async (step) => {
      if (step === 'settled') await library.publish(staged)
    },
  })
  expect(await late.publish(staged)).toEqual(entry)
  expect(await read()).toBe(CONTENT)
  expect(await listed()).toEqual([entry])
})

test('another attempt of the same job replaces bytes and description together', async () => {
  await publish('what an earlier attempt got')
  const seen: string[] = []
  const watched = await openLocalLibrary({
    directory,
    onStep: async () => {
      for await (const each of library.entries()) seen.push(`${each.sha256} ${await read()}`)
    },
  })
  await watched.publish(await stageOne(watched, await workFolderWith(folder, CONTENT)))
  expect(seen).toEqual([
    `${entryOf('what an earlier attempt got').sha256} what an earlier attempt got`,
    `${entry.sha256} ${CONTENT}`,
  ])
})

test('media that is not what was verified is not published', async () => {
  const staged = await stageOne(library, await workFolderWith(folder, CONTENT))
  await appendFile(staged.path, 'more')
  await expect(library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
  await rm(staged.path)
  await symlink('/etc/hostname', staged.path)
  await expect(library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
  await rm(staged.path)
  await expect(library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
  expect(readdirSync(directory)).toEqual([])
})

test('nothing is published under a name that the library did not give', async () => {
  const staged = await workFolderWith(folder, CONTENT)
  for (const name of ['../escaped.mp4', `${filename}.json`, '.hidden', 'x.mp4']) {
    await expect(library.publish({ ...staged, entry: { ...entry, filename: name } })).rejects.toThrow(TypeError)
  }
  expect(readdirSync(directory)).toEqual([])
})

// Crossing from one file system to another needs two of them, and a test cannot mount one without being root. Where there
// is only one, the report shows these as skipped.
const SHM = '/dev/shm'
const hasOtherFileSystem = existsSync(SHM) && statSync(SHM).dev !== statSync(tmpdir()).dev

;(hasOtherFileSystem ? describe : describe.skip)('a work folder on another file system', () => {
  let elsewhere: string

  beforeEach(async () => {
    elsewhere = await mkdtemp(join(SHM, 'video-scraper-test-'))
  })

  afterEach(() => rm(elsewhere, { recursive: true, force: true }))

  test('is copied from, whole or not at all', async () => {
    const staged = await stageOne(library, await workFolderWith(elsewhere, CONTENT))
    expect(await library.publish(staged)).toEqual(entry)
    expect(await read()).toBe(CONTENT)
    expect(statSync(join(directory, filename)).mode & 0o137).toBe(0)
    expect(Math.abs(statSync(join(directory, filename)).mtimeMs - entry.createdAt)).toBeLessThan(1)
    expect(readdirSync(directory).sort()).toEqual([filename, `${filename}.json`])
    expect(readdirSync(elsewhere)).toEqual(['publication.json'])

    // As after a kill between the copy's getting its name and the removal of the original.
    await writeFile(staged.path, CONTENT)
    expect(await library.publish(staged)).toEqual(entry)
    expect(await listed()).toEqual([entry])
    expect(readdirSync(elsewhere)).toEqual(['publication.json'])
  })

  test('does not part the file from its sidecar when a sweep comes in the middle of a long copy', async () => {
    const swept = await openLocalLibrary({
      directory,
      onStep: async (step) => {
        if (step === 'described') await rm(join(directory, `${filename}.json`))
      },
    })
    await swept.publish(await stageOne(swept, await workFolderWith(elsewhere, CONTENT)))
    expect(await listed()).toEqual([entry])
  })

  test('leaves no half copy when the last step fails, and keeps the original', async () => {
    const blocked = await openLocalLibrary({
      directory,
      onStep: async (step) => {
        if (step === 'described') await mkdir(join(directory, filename))
      },
    })
    const staged = await stageOne(blocked, await workFolderWith(elsewhere, CONTENT))
    await expect(blocked.publish(staged)).rejects.toThrow('EISDIR')
    expect(readdirSync(directory).sort()).toEqual([filename, `${filename}.json`])
    expect(existsSync(staged.path)).toBe(true)
  })
})
