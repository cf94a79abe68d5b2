/** What every home of the library promises. Each of them has a test file that calls this. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { keepsItsPromisesWhenKilled, type Steps } from './home-crash-promises.ts'
import { CONTENT, entry, filename, SIDECAR, useHome } from './home-rig.ts'
import type { Home } from './homes.ts'
import { entryOf, ID, severalIn, stageOne, workFolderWith } from './staged-file.ts'

export function keepsItsPromises(open: () => Promise<Home>, steps: Steps): void {
  const rig = useHome(open)
  const { stage, publish, listed, served } = rig

  test('what was published is opened with its size and time, read whole and in parts, and listed', async () => {
    expect(await publish()).toEqual(entry)
    const file = await rig.home.library.open(filename)
    expect(file?.sizeBytes).toBe(CONTENT.length)
    expect(Math.floor(Number(file?.modifiedMs) / 1000)).toBe(Math.floor(entry.createdAt / 1000))
    await file?.close()
    expect(await served()).toBe(CONTENT)
    expect(await served({ start: 4, end: 8 })).toBe(CONTENT.slice(4, 9))
    expect(await served({ start: CONTENT.length - 1, end: CONTENT.length - 1 })).toBe(CONTENT.slice(-1))
    expect(await listed()).toEqual([entry])
    expect(await rig.home.names()).toEqual([filename, SIDECAR])
  })

  test('nothing is seen before it is published, and the note of it survives', async () => {
    const staged = await stage()
    expect(await served()).toBeNull()
    expect(await listed()).toEqual([])
    expect(await rig.home.library.readStaged(rig.folder)).toEqual([staged])
    expect(await rig.home.library.readStaged(join(rig.home.root, 'elsewhere'))).toBeNull()
  })

  test('publishing twice is publishing once, and what another attempt published under the name is replaced', async () => {
    const staged = await stage()
    await rig.home.library.publish(staged)
    await rig.home.library.publish(staged)
    expect(await served()).toBe(CONTENT)
    const other = await workFolderWith(join(rig.home.root, 'other'), 'other bytes')
    const changed = { ...other, entry: entryOf('other bytes') }
    await rig.home.library.publish(await stageOne(rig.home.library, changed))
    expect(await served()).toBe('other bytes')
    expect(await listed()).toEqual([changed.entry])
    expect(await rig.home.names()).toEqual([filename, SIDECAR])
  })

  test('a file that was lost, or is not the one that was verified, is not published', async () => {
    const staged = await stage()
    await writeFile(staged.path, 'something else entirely')
    await expect(rig.home.library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
    await rm(staged.path)
    await expect(rig.home.library.publish(staged)).rejects.toMatchObject({ code: 'internal_error' })
    expect(await served()).toBeNull()
    expect(await listed()).toEqual([])
  })

  test.each(['../secret', '', '/etc/passwd', SIDECAR, `./${filename}`, `${filename}\0`, 'notes.json'])(
    'the name %j opens and removes nothing',
    async (name) => {
      await publish()
      await rig.home.plant('notes.json', 'x')
      expect(await rig.home.library.open(name)).toBeNull()
      expect(await rig.home.library.remove(name)).toBe(false)
      expect(await rig.home.names()).toEqual([filename, SIDECAR, 'notes.json'])
    },
  )

  test('removing takes the file and its sidecar; twice is fine; whoever reads it reads to the end', async () => {
    const long = 'x'.repeat(12_000_000)
    await publish(long)
    const file = await rig.home.library.open(filename)
    const chunks = file?.stream(null)[Symbol.asyncIterator]()
    const first = await chunks?.next()
    expect(await rig.home.library.remove(filename)).toBe(true)
    expect(await rig.home.library.remove(filename)).toBe(false)
    expect(await rig.home.library.open(filename)).toBeNull()
    expect(await rig.home.names()).toEqual([])
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
      await rig.home.plant(file, CONTENT)
      await rig.home.plant(`${file}.json`, text)
    }
    await rig.home.plant(`${name('6')}.json`, JSON.stringify({ ...entry, filename: name('6') }))
    expect(await listed()).toEqual([entry])
    const names: string[] = []
    for await (const each of rig.home.library.names()) names.push(each)
    expect(names.sort()).toEqual([filename, ...['1', '2', '3', '4', '5'].map(name)])
  })

  test('many entries are all reported', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `many-${String(number).padStart(32, '0')}.mp4`)
    for (const each of names) {
      await rig.home.plant(each, CONTENT)
      await rig.home.plant(`${each}.json`, JSON.stringify({ ...entry, filename: each }))
    }
    expect((await listed()).map((each) => each.filename).sort()).toEqual(names)
  })

  test('many files are removed together, with their sidecars, and the others stay', async () => {
    await publish()
    const names = Array.from({ length: 1100 }, (_, number) => `gone-${String(number).padStart(32, '0')}.mp4`)
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(
        names
          .slice(from, from + 50)
          .flatMap((each) => [rig.home.plant(each, 'x'), rig.home.plant(`${each}.json`, '{}')]),
      )
    }
    const never = `never-${ID}.mp4`
    const { gone, failed } = await rig.home.library.removeAll(
      [...names, never, '../notes.json'],
      new AbortController().signal,
    )
    expect(failed).toEqual([])
    expect([...gone].sort()).toEqual([...names, never, '../notes.json'].sort())
    expect(await rig.home.names()).toEqual([filename, SIDECAR])
  })

  test('nothing is removed any more once the signal has aborted', async () => {
    await publish()
    expect(await rig.home.library.removeAll([filename], AbortSignal.abort())).toEqual({ gone: [], failed: [] })
    expect(await rig.home.names()).toEqual([filename, SIDECAR])
  })

  test('a sweep takes lone sidecars, and nothing that is young, whole or foreign', async () => {
    await publish()
    const lone = `lone-${ID}.mp4.json`
    for (const each of [lone, 'notes.json', `alone-${ID}.mp4`]) await rig.home.plant(each, 'x')
    expect(await rig.home.library.sweep({ olderThanMs: 3_600_000 })).toEqual([])
    expect(await rig.home.library.sweep({ olderThanMs: -60_000 })).toEqual([lone])
    expect(await rig.home.names()).toEqual([filename, SIDECAR, `alone-${ID}.mp4`, 'notes.json'].sort())
    expect(await listed()).toEqual([entry])
  })

  test('several files of one download are staged together, published one by one, and each is found with its role', async () => {
    const staged = await rig.home.library.stage(await severalIn(rig.folder, CONTENT))
    expect(await rig.home.library.readStaged(rig.folder)).toEqual(staged)
    const entries = staged.map((file) => file.entry)
    for (const file of staged) expect(await rig.home.library.publish(file)).toEqual(file.entry)
    const byName = (one: FileEntry, other: FileEntry) => one.filename.localeCompare(other.filename)
    expect((await listed()).sort(byName)).toEqual([...entries].sort(byName))
    for (const each of entries) expect(await rig.home.library.describe(each.filename)).toEqual(each)
    const [media, subtitle, thumbnail] = entries
    const text = await rig.home.library.open(subtitle?.filename ?? '')
    expect(Buffer.concat((await text?.stream({ start: 0, end: 5 }).toArray()) ?? []).toString()).toBe('WEBVTT')
    expect(await rig.home.library.remove(subtitle?.filename ?? '')).toBe(true)
    expect((await listed()).map(({ filename }) => filename).sort()).toEqual(
      [media?.filename, thumbnail?.filename].sort(),
    )
    const { gone } = await rig.home.library.removeAll(
      entries.map((each) => each.filename),
      new AbortController().signal,
    )
    expect(gone).toHaveLength(3)
    expect(await rig.home.names()).toEqual([])
  })

  keepsItsPromisesWhenKilled(rig, steps)
}
