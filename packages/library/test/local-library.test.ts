/** The library as a folder: what it publishes, what it opens, and what it refuses to touch. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { entryOf, ID, workFolderWith } from './staged-file.ts'

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

const publish = async (content = CONTENT) => library.publish(await library.stage(await workFolderWith(folder, content)))

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
  const staged = await library.stage(await workFolderWith(folder, CONTENT))
  expect(await library.publish(staged)).toEqual(await library.publish(staged))
  expect(await listed()).toEqual([entry])
})

test('two workers that publish the same job at once both succeed, and the file is there', async () => {
  for (let round = 0; round < 20; round++) {
    const staged = await library.stage(await workFolderWith(folder, CONTENT))
    await Promise.all([library.publish(staged), library.publish(staged), library.publish(staged)])
    expect(await read()).toBe(CONTENT)
  }
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
  await watched.publish(await watched.stage(await workFolderWith(folder, CONTENT)))
  expect(seen).toEqual([
    `${entryOf('what an earlier attempt got').sha256} what an earlier attempt got`,
    `${entry.sha256} ${CONTENT}`,
  ])
})

test('what is staged survives as a note; a torn, foreign or leading-elsewhere one is none', async () => {
  const staged = await library.stage(await workFolderWith(folder, CONTENT))
  expect(await library.readStaged(folder)).toEqual(staged)
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

test('only a complete entry, of media that lies in the work folder, can be staged', async () => {
  const staged = await workFolderWith(folder, CONTENT)
  await expect(library.stage({ ...staged, path: join(root.path, 'media.mp4') })).rejects.toThrow(TypeError)
  await expect(library.stage({ ...staged, entry: { ...entry, sha256: 'x' } })).rejects.toThrow(TypeError)
  expect(readdirSync(folder)).toEqual(['media.mp4'])
})

test('media that is not what was verified is not published', async () => {
  const staged = await library.stage(await workFolderWith(folder, CONTENT))
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

test.each([
  '../secret',
  '..',
  '.',
  '',
  '/etc/passwd',
  'secret',
  `../library/${filename}`,
  `./${filename}`,
  `${filename}/`,
  `${filename}\0`,
  `\0${filename}`,
  `..%2f${filename}`,
  `..\\${filename}`,
  `${filename}.json`,
  'x'.repeat(5000),
])('the name %j opens and removes nothing', async (name) => {
  await publish()
  await writeFile(join(root.path, 'data', 'secret'), 'x')
  await writeFile(join(directory, 'secret'), 'x')
  expect(await library.open(name)).toBeNull()
  expect(await library.remove(name)).toBe(false)
  expect(readdirSync(directory).sort()).toEqual([filename, `${filename}.json`, 'secret'])
})

test('a link, a folder, a pipe or a socket under a good name is not opened, nor waited for', async () => {
  const secret = join(root.path, 'secret')
  await writeFile(secret, CONTENT)
  const path = join(directory, filename)
  await symlink(secret, path)
  await writeFile(`${path}.json`, JSON.stringify(entry))
  expect(await library.open(filename)).toBeNull()
  expect(await listed()).toEqual([])
  await rm(path)
  await mkdir(path)
  expect(await library.open(filename)).toBeNull()
  await rm(path, { recursive: true })
  execFileSync('mkfifo', [path])
  expect(await library.open(filename)).toBeNull()
  await rm(path)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path, resolve))
  expect(await library.open(filename)).toBeNull()
  await new Promise((resolve) => server.close(resolve))
})

test('removing takes the file and its sidecar; twice is fine; whoever reads it reads to the end', async () => {
  const long = 'x'.repeat(3_000_000)
  await publish(long)
  const file = await library.open(filename)
  const stream = file?.stream(null)
  expect(await library.remove(filename)).toBe(true)
  expect(await library.remove(filename)).toBe(false)
  expect(readdirSync(directory)).toEqual([])
  expect(await library.open(filename)).toBeNull()
  expect(Buffer.concat((await stream?.toArray()) ?? []).length).toBe(long.length)
})

test('a removed link is removed, not what it leads to', async () => {
  const secret = join(root.path, 'secret')
  await writeFile(secret, 'x')
  await symlink(secret, join(directory, filename))
  await library.remove(filename)
  expect(existsSync(secret)).toBe(true)
})

test('an open file is closed at the end of its stream, when that is destroyed, or when it is said', async () => {
  await publish()
  const open = () => readdirSync('/proc/self/fd').length
  const before = open()
  await read()
  const destroyed = await library.open(filename)
  const stream = destroyed?.stream(null)
  stream?.destroy()
  await new Promise((resolve) => stream?.once('close', resolve))
  const closed = await library.open(filename)
  await closed?.close()
  await closed?.close()
  expect(open()).toBe(before)
})

test('entries are those with a whole sidecar and a file of that size', async () => {
  await publish()
  const name = (digit: string) => `other-${digit.repeat(32)}.mp4`
  const sidecars: [string, string][] = [
    [name('1'), '{"filename":'],
    [name('2'), JSON.stringify(entry)],
    [name('3'), JSON.stringify({ ...entry, filename: name('3'), sizeBytes: 1 })],
    [name('4'), JSON.stringify({ ...entry, filename: name('4'), sha256: null })],
    [name('5'), `${' '.repeat(300_000)}${JSON.stringify({ ...entry, filename: name('5') })}`],
    ['foreign', JSON.stringify({ ...entry, filename: 'foreign' })],
  ]
  for (const [file, text] of sidecars) {
    await writeFile(join(directory, file), CONTENT)
    await writeFile(join(directory, `${file}.json`), text)
  }
  await writeFile(join(directory, `${name('6')}.json`), JSON.stringify({ ...entry, filename: name('6') }))
  await symlink(join(directory, `${filename}.json`), join(directory, `${name('7')}.json`))
  expect(await listed()).toEqual([entry])
})

test('an entry may know more than we do: an older release leaves it alone', async () => {
  await publish()
  await writeFile(join(directory, `${filename}.json`), JSON.stringify({ ...entry, width: 320 }))
  expect(await listed()).toEqual([{ ...entry, width: 320 }])
})

test('a sweep takes old temporaries and lone sidecars, and nothing that is young, whole or foreign', async () => {
  await publish()
  const lone = `lone-${ID}.mp4.json`
  for (const name of ['.unfinished-0123456789abcdef', lone, 'notes.json', '.keep', `alone-${ID}.mp4`]) {
    await writeFile(join(directory, name), 'x')
    await utimes(join(directory, name), 0, 0)
  }
  expect(await library.sweep({ olderThanMs: 60_000 })).toEqual([])
  expect((await library.sweep({ olderThanMs: 0 })).sort()).toEqual(['.unfinished-0123456789abcdef', lone])
  expect(readdirSync(directory)).toHaveLength(5)
  expect(await listed()).toEqual([entry])
})

test('free space is what the file system says', async () => {
  expect(await library.freeBytes()).toBeGreaterThan(1_000_000)
})

const SHM = '/dev/shm'
const hasOtherFileSystem = existsSync(SHM) && statSync(SHM).dev !== statSync(process.cwd()).dev

;(hasOtherFileSystem ? test : test.skip)(
  'a work folder on another file system is copied from, whole or not at all',
  async () => {
    const elsewhere = await mkdtemp(join(SHM, 'video-scraper-test-'))
    try {
      expect((await stat(elsewhere)).dev).not.toBe((await stat(directory)).dev)
      const staged = await library.stage(await workFolderWith(elsewhere, CONTENT))
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
    } finally {
      await rm(elsewhere, { recursive: true, force: true })
    }
  },
)

;(hasOtherFileSystem ? test : test.skip)(
  'a sweep in the middle of a long copy does not part the file from its sidecar',
  async () => {
    const elsewhere = await mkdtemp(join(SHM, 'video-scraper-test-'))
    try {
      const sweeping = await openLocalLibrary({
        directory,
        onStep: async (step) => {
          if (step === 'described') await rm(join(directory, `${filename}.json`))
        },
      })
      await sweeping.publish(await sweeping.stage(await workFolderWith(elsewhere, CONTENT)))
      expect(await listed()).toEqual([entry])
    } finally {
      await rm(elsewhere, { recursive: true, force: true })
    }
  },
)
