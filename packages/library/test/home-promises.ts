/** What every home of the library promises. Each of them has a test file that calls this. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { RemovedSince } from '../src/removed-since.ts'
import { killAfterStep } from './crash/killed-process.ts'
import type { Home, Step } from './homes.ts'
import { entryOf, ID, severalIn, stageOne, workFolderWith } from './staged-file.ts'

const CONTENT = 'the bytes of a video'
const entry = entryOf(CONTENT)
const { filename } = entry
const SIDECAR = `${filename}.json`

/** Steps in their order, with whether the file may be seen when the process dies after it. */
interface Steps {
  publish: readonly (readonly [Step, boolean])[]
  remove: readonly Step[]
}

export function keepsItsPromises(open: () => Promise<Home>, steps: Steps): void {
  let home: Home
  let folder: string
  beforeEach(async () => {
    home = await open()
    folder = join(home.root, 'work')
  })
  afterEach(() => home.close())

  const stage = async (content = CONTENT) => stageOne(home.library, await workFolderWith(folder, content))
  const publish = async (content = CONTENT) => home.library.publish(await stage(content))

  async function listed(): Promise<FileEntry[]> {
    const entries: FileEntry[] = []
    for await (const each of home.library.entries()) entries.push(each)
    return entries
  }
  async function served(range: { start: number; end: number } | null = null): Promise<string | null> {
    const file = await home.library.open(filename)
    return file && Buffer.concat(await file.stream(range).toArray()).toString()
  }

  test('what was published is opened with its size and time, read whole and in parts, and listed', async () => {
    expect(await publish()).toEqual(entry)
    const file = await home.library.open(filename)
    expect(file?.sizeBytes).toBe(CONTENT.length)
    expect(Math.floor(Number(file?.modifiedMs) / 1000)).toBe(Math.floor(entry.createdAt / 1000))
    await file?.close()
    expect(await served()).toBe(CONTENT)
    expect(await served({ start: 4, end: 8 })).toBe(CONTENT.slice(4, 9))
    expect(await served({ start: CONTENT.length - 1, end: CONTENT.length - 1 })).toBe(CONTENT.slice(-1))
    expect(await listed()).toEqual([entry])
    expect(await home.names()).toEqual([filename, SIDECAR])
  })

  test('nothing is seen before it is published, and the note of it survives', async () => {
    const staged = await stage()
    expect(await served()).toBeNull()
    expect(await listed()).toEqual([])
    expect(await home.library.readStaged(folder)).toEqual([staged])
    expect(await home.library.readStaged(join(home.root, 'elsewhere'))).toBeNull()
  })

  test('publishing twice is publishing once, and what another attempt published under the name is replaced', async () => {
    const staged = await stage()
    await home.library.publish(staged)
    await home.library.publish(staged)
    expect(await served()).toBe(CONTENT)
    const other = await workFolderWith(join(home.root, 'other'), 'other bytes')
    const changed = { ...other, entry: entryOf('other bytes') }
    await home.library.publish(await stageOne(home.library, changed))
    expect(await served()).toBe('other bytes')
    expect(await listed()).toEqual([changed.entry])
    expect(await home.names()).toEqual([filename, SIDECAR])
  })

  test('a file that was lost, or is not the one that was verified, is not published', async () => {
    const staged = await stage()
    await writeFile(staged.path, 'something else entirely')
    await expect(home.library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
    await rm(staged.path)
    await expect(home.library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
    expect(await served()).toBeNull()
    expect(await listed()).toEqual([])
  })

  test.each(['../secret', '', '/etc/passwd', SIDECAR, `./${filename}`, `${filename}\0`, 'notes.json'])(
    'the name %j opens and removes nothing',
    async (name) => {
      await publish()
      await home.plant('notes.json', 'x')
      expect(await home.library.open(name)).toBeNull()
      expect(await home.library.remove(name)).toBe(false)
      expect(await home.names()).toEqual([filename, SIDECAR, 'notes.json'])
    },
  )

  test('removing takes the file and its sidecar; twice is fine; whoever reads it reads to the end', async () => {
    const long = 'x'.repeat(12_000_000)
    await publish(long)
    const file = await home.library.open(filename)
    const chunks = file?.stream(null)[Symbol.asyncIterator]()
    const first = await chunks?.next()
    expect(await home.library.remove(filename)).toBe(true)
    expect(await home.library.remove(filename)).toBe(false)
    expect(await home.library.open(filename)).toBeNull()
    expect(await home.names()).toEqual([])
    let length = first?.value.length
    for (let next = await chunks?.next(); next && !next.done; next = await chunks?.next()) length += next.value.length
    expect(length).toBe(long.length)
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
      await home.plant(file, CONTENT)
      await home.plant(`${file}.json`, text)
    }
    await home.plant(`${name('6')}.json`, JSON.stringify({ ...entry, filename: name('6') }))
    expect(await listed()).toEqual([entry])
    const names: string[] = []
    for await (const each of home.library.names()) names.push(each)
    expect(names.sort()).toEqual([filename, ...['1', '2', '3', '4', '5'].map(name)])
  })

  test('many entries are all reported', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `many-${String(number).padStart(32, '0')}.mp4`)
    for (const each of names) {
      await home.plant(each, CONTENT)
      await home.plant(`${each}.json`, JSON.stringify({ ...entry, filename: each }))
    }
    expect((await listed()).map((each) => each.filename).sort()).toEqual(names)
  })

  test('many files are removed together, with their sidecars, and the others stay', async () => {
    await publish()
    const names = Array.from({ length: 1100 }, (_, number) => `gone-${String(number).padStart(32, '0')}.mp4`)
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(
        names.slice(from, from + 50).flatMap((each) => [home.plant(each, 'x'), home.plant(`${each}.json`, '{}')]),
      )
    }
    const never = `never-${ID}.mp4`
    const { gone, failed } = await home.library.removeAll(
      [...names, never, '../notes.json'],
      new AbortController().signal,
    )
    expect(failed).toEqual([])
    expect([...gone].sort()).toEqual([...names, never, '../notes.json'].sort())
    expect(await home.names()).toEqual([filename, SIDECAR])
  })

  test('nothing is removed any more once the signal has aborted', async () => {
    await publish()
    expect(await home.library.removeAll([filename], AbortSignal.abort())).toEqual({ gone: [], failed: [] })
    expect(await home.names()).toEqual([filename, SIDECAR])
  })

  test('a sweep takes lone sidecars, and nothing that is young, whole or foreign', async () => {
    await publish()
    const lone = `lone-${ID}.mp4.json`
    for (const each of [lone, 'notes.json', `alone-${ID}.mp4`]) await home.plant(each, 'x')
    expect(await home.library.sweep({ olderThanMs: 3_600_000 })).toEqual([])
    expect(await home.library.sweep({ olderThanMs: -60_000 })).toEqual([lone])
    expect(await home.names()).toEqual([filename, SIDECAR, `alone-${ID}.mp4`, 'notes.json'].sort())
    expect(await listed()).toEqual([entry])
  })

  test('several files of one download are staged together, published one by one, and each is found with its role', async () => {
    const staged = await home.library.stage(await severalIn(folder, CONTENT))
    expect(await home.library.readStaged(folder)).toEqual(staged)
    const entries = staged.map((file) => file.entry)
    for (const file of staged) expect(await home.library.publish(file)).toEqual(file.entry)
    const byName = (one: FileEntry, other: FileEntry) => one.filename.localeCompare(other.filename)
    expect((await listed()).sort(byName)).toEqual([...entries].sort(byName))
    for (const each of entries) expect(await home.library.describe(each.filename)).toEqual(each)
    const [media, subtitle, thumbnail] = entries
    const text = await home.library.open(subtitle?.filename ?? '')
    expect(Buffer.concat((await text?.stream({ start: 0, end: 5 }).toArray()) ?? []).toString()).toBe('WEBVTT')
    expect(await home.library.remove(subtitle?.filename ?? '')).toBe(true)
    expect((await listed()).map(({ filename }) => filename).sort()).toEqual(
      [media?.filename, thumbnail?.filename].sort(),
    )
    const { gone } = await home.library.removeAll(
      entries.map((each) => each.filename),
      new AbortController().signal,
    )
    expect(gone).toHaveLength(3)
    expect(await home.names()).toEqual([])
  })

  test.each([1, 2, 3])(
    'killed after file %i of 3 was published, publishing all of them again ends it',
    async (count) => {
      const staged = await home.library.stage(await severalIn(folder, CONTENT))
      await killAfterStep({ home: home.address, folder, filename, act: 'publish', stopAfter: 'published', count })
      expect(await listed()).toHaveLength(count)
      const again = await home.library.readStaged(folder)
      expect(again).toEqual(staged)
      for (const file of again ?? []) expect(await home.library.publish(file)).toEqual(file.entry)
      expect(await listed()).toHaveLength(3)
      expect(await home.names()).toHaveLength(6)
    },
  )

  const kill = (act: 'publish' | 'remove', stopAfter: Step) =>
    killAfterStep({ home: home.address, folder, filename, act, stopAfter })

  test.each(steps.publish)(
    'killed after "%s", the file is there whole or not at all: publishing again ends it',
    async (step, there) => {
      await stage()
      await kill('publish', step)
      expect(await served()).toBe(there ? CONTENT : null)
      expect(await listed()).toEqual(there ? [entry] : [])

      const staged = await home.library.readStaged(folder)
      expect(staged?.map((file) => file.entry)).toEqual([entry])
      for (const file of staged ?? []) expect(await home.library.publish(file)).toEqual(entry)
      expect(await served()).toBe(CONTENT)
      expect(await listed()).toEqual([entry])
      expect(await home.names()).toEqual([filename, SIDECAR])
    },
  )

  test('killed after "described", a sweep before the next try takes what was left, and publishing again still works', async () => {
    const staged = await stage()
    await kill('publish', 'described')
    expect(await home.library.sweep({ olderThanMs: -60_000 })).toContain(SIDECAR)
    await home.library.publish(staged)
    expect(await served()).toBe(CONTENT)
    expect(await listed()).toEqual([entry])
  })

  test.each(steps.remove)(
    'killed after "%s", the file is gone for all, and neither a rebuild nor its job brings it back',
    async (step) => {
      const staged = await stage()
      await home.library.publish(staged)
      await kill('remove', step)
      expect(await served()).toBeNull()
      expect(await listed()).toEqual([])
      await expect(home.library.publish(staged)).rejects.toThrow(RemovedSince)
      expect(await served()).toBeNull()

      expect(await home.library.remove(filename)).toBe(false)
      expect(await home.names()).toEqual([])
    },
  )
}
