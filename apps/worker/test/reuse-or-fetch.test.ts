/** When a file of the library answers a download, and when none does. */
import { createHash } from 'node:crypto'
import { rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import type { ReuseCheck } from '../src/reuse-or-fetch.ts'
import { type Ask, endless, FETCHED, fetching, HOUR_MS, IDENTITY, URL, useReuse } from './reuse-rig.ts'

const rig = useReuse()
const { ask, publish } = rig

test('a file of the same request answers it, and nothing is fetched', async () => {
  const known = await publish()
  expect(await ask()).toEqual({ known: [known] })
})

test('files that came with the media are part of the answer; where one is gone, nothing answers', async () => {
  const path = join(rig.disk.path, 'media.en.vtt')
  await writeFile(path, 'WEBVTT')
  const other: FileEntry = {
    ...(await publish()),
    filename: `a-video-${'1'.repeat(32)}-2-subtitle.vtt`,
    mediaType: 'text/vtt',
    sizeBytes: 6,
    sha256: createHash('sha256').update('WEBVTT').digest('hex'),
    answers: [],
    role: 'subtitle',
  }
  await rig.files.add(await rig.library.publish({ folder: rig.disk.path, path, entry: other }))
  const media = await publish({ otherFiles: [other.filename] })
  expect(await ask()).toEqual({ known: [media, other] })
  await rig.library.remove(other.filename)
  expect(await ask()).toBe(FETCHED)
  await rig.files.forget(other.filename, 'anonymous')
  expect(await ask()).toBe(FETCHED)
})

test.each<[string, Ask]>([
  ['another owner', { owner: 'somebody' }],
  ['another address', { url: `${URL}2` }],
  ['another format', { options: { format_id: '22' } }],
  ['one who wants it fresh', { fresh: true }],
  ['one who allows no age', { options: { max_age: 0 } }],
  ['a worker that was asked not to', { reuseFiles: false }],
])('%s gets a file of its own', async (_name, change) => {
  await publish()
  expect(await ask(change)).toBe(FETCHED)
})

test('a file without its media, or with another length, answers nothing', async () => {
  const { filename } = await publish()
  await truncate(join(rig.disk.path, 'library', filename), 3)
  expect(await ask()).toBe(FETCHED)
  await rm(join(rig.disk.path, 'library', filename))
  expect(await ask()).toBe(FETCHED)
})

test('where files are kept for ever, one of before that is about to expire answers nothing either', async () => {
  await publish({ expiresAt: Date.now() + 60_000 })
  expect(await ask({ retentionMs: 0 })).toBe(FETCHED)
})

test('a file that was removed or is about to expire answers nothing; one that is kept for ever does', async () => {
  const { filename } = await publish({ expiresAt: Date.now() + 60_000 })
  expect(await ask()).toBe(FETCHED)
  await rig.files.forget(filename, 'anonymous')
  expect(await ask()).toBe(FETCHED)
  const known = await publish({ expiresAt: null })
  expect(await ask()).toEqual({ known: [known] })
})

test('a file from a direct link answers without a question for a while; then it is asked once whether it is the same', async () => {
  const known = await publish({ direct: true })
  expect(await ask()).toEqual({ known: [known] })
  let looks = 0
  const check = (look: ReuseCheck) => {
    looks += 1
    look.onIdentity(IDENTITY)
    return endless(look)
  }
  const old = await publish({ direct: true, createdAt: Date.now() - 61_000 })
  expect(await ask({ trustedMs: 60_000 }, check)).toEqual({ known: [old] })
  expect(await ask({ trustedMs: 60_000 }, check)).toEqual({ known: [old] })
  expect(looks).toBe(1)
  expect(await ask({ trustedMs: 0 }, check)).toEqual({ known: [old] })
  expect(await ask({ trustedMs: 0 }, check)).toEqual({ known: [old] })
})

test('a file from a direct link at which another file lies by now answers nothing', async () => {
  await publish({ direct: true, createdAt: Date.now() - 61_000 })
  const another = async (look: ReuseCheck) => {
    look.onIdentity('c'.repeat(64))
    await look.settled()
    return FETCHED
  }
  expect(await ask({ trustedMs: 60_000 }, another)).toBe(FETCHED)
  // It was not found to be the same, so nothing was noted.
  expect(await ask({ trustedMs: 60_000 }, another)).toBe(FETCHED)
})

test('what lies at a page is not asked for again, however old it is', async () => {
  const known = await publish({ createdAt: Date.now() - 10 * HOUR_MS })
  expect(await ask({ trustedMs: 60_000 })).toEqual({ known: [known] })
})

test('a file that is older than the job allows answers nothing, and one that is as old as it allows does', async () => {
  const known = await publish({ createdAt: Date.now() - 60_000 })
  expect(await ask({ options: { max_age: 30 } })).toBe(FETCHED)
  expect(await ask({ options: { max_age: 300 } })).toEqual({ known: [known] })
  expect(await ask({ options: { max_age: 30 }, url: `${URL}2` }, fetching(IDENTITY))).toBe(FETCHED)
})
