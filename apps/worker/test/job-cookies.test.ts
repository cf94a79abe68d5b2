/** What a job's process wrote down is brought into the set, whatever else lies in the file and whatever is in the way. */
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { parseSecretKeys, type SecretKeys } from '@video-scraper/boot'
import { createCookieSets } from '@video-scraper/cookies'
import { failureOf, JobFailure } from '@video-scraper/core'
import { openLocalLibrary } from '@video-scraper/library'
import { connectRedis, createCookieSetStore, isReady } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { withCookies } from '../src/job-cookies.ts'
import { downloadVideo } from '../src/tasks/download-video.ts'
import { openWorkFolders } from '../src/work-folders.ts'

const NOW = 1_000_000_000_000
const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
const FIRST = parseSecretKeys(keyOf('first', 1), 'the test')
const SECOND = parseSecretKeys(keyOf('second', 2), 'the test')
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const job = {
  id: `info_${'1'.repeat(32)}`,
  envelope: {
    version: 1,
    kind: 'info' as const,
    owner: 'mine',
    limitSubject: 'mine',
    url: 'https://www.example.com/video',
    options: { cookies: 'account' },
    requestId: 'request',
    retryOf: null,
  },
}

let server: DisposableRedis
let redis: ReturnType<typeof connectRedis>
let disk: TemporaryFolder
beforeAll(async () => {
  server = await startRedis()
  redis = connectRedis(server.url, 'worker', () => undefined)
  await eventually(() => isReady(redis))
})
beforeEach(async () => {
  disk = await temporaryFolder()
  await redis.flushall()
  await setsWith(FIRST).store('mine', 'account', [{ domain: 'example.com', name: 'session', value: 'stored' }])
})
afterEach(() => disk.remove())
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const setsWith = (keys: SecretKeys) => createCookieSets({ store: createCookieSetStore(redis), keys, now: () => NOW })
const rotation = (more: object = {}) => ({
  set: {
    domain: 'example.com',
    includesSubdomains: false,
    path: '/',
    name: 'session',
    value: 'rotated',
    expires: null,
    secure: false,
    httpOnly: false,
    changedAt: NOW,
    ...more,
  },
})
const setId = async () => (await setsWith(FIRST).find('mine', 'account'))?.id ?? ''
const fileOf = async (number = 1) => join(disk.path, `cookies-${await setId()}-${`${number}`.padStart(16, '0')}.json`)
const attempt = (keys: SecretKeys, run: () => Promise<void> = async () => undefined) =>
  withCookies({ cookieSets: setsWith(keys), log }, job, { folder: disk.path, warnings: () => [], run })
const valueNow = async () =>
  (await setsWith(FIRST).open('mine', 'account', 'example.com'))?.cookies.find(({ name }) => name === 'session')?.value

test('one malformed change takes no other with it, however many there are', async () => {
  const odd = [null, 7, {}, rotation({ name: 'a=b' }), rotation({ value: 'semi;colon' }), rotation({ expires: -1 })]
  const many = Array.from({ length: 600 }, () => rotation({ value: 'ü' }))
  await writeFile(await fileOf(), JSON.stringify([...odd, ...many, rotation()]))
  await attempt(FIRST)
  expect(await valueNow()).toBe('rotated')
  expect(await readdir(disk.path)).toEqual([])
})

test.each([
  ['no JSON', '{'],
  ['no list', '{"set":1}'],
  ['nothing', ''],
])('a file that holds %s goes', async (_, text) => {
  await writeFile(await fileOf(), text)
  await attempt(FIRST)
  expect(await readdir(disk.path)).toEqual([])
  expect(await valueNow()).toBe('stored')
})

test('a link is not followed and goes; what cannot be read now stays', async () => {
  await writeFile(join(disk.path, 'elsewhere'), JSON.stringify([rotation()]))
  await symlink('elsewhere', await fileOf(1))
  await mkdir(await fileOf(2))
  await attempt(FIRST)
  expect((await readdir(disk.path)).length).toBe(2)
  expect(await valueNow()).toBe('stored')
})

test('a worker that does not know the key of the set yet drops nothing, and fails in a way that is tried again', async () => {
  await writeFile(await fileOf(), JSON.stringify([rotation()]))
  const failure = await attempt(SECOND).catch((error: unknown) => failureOf(error))
  expect(failure).toMatchObject({ code: 'internal_error', retryable: true })
  expect((await readdir(disk.path)).length).toBe(1)
  await attempt(FIRST)
  expect(await valueNow()).toBe('rotated')
})

test('a download for which there is no space brings back what an attempt before it left, before its folder goes', async () => {
  const id = `download_${'1'.repeat(32)}`
  const folders = await openWorkFolders(join(disk.path, 'work'))
  const folder = await folders.open(id)
  await writeFile(join(folder, basename(await fileOf())), JSON.stringify([rotation()]))
  const admit = () => Promise.reject(new JobFailure('disk_full'))
  const dependencies = {
    library: await openLocalLibrary({ directory: join(disk.path, 'library') }),
    folders,
    cookieSets: setsWith(FIRST),
    // It is stopped before it asks the source.
    source: { wayOf: async () => ({ name: 'any', run: () => Promise.reject(new Error('The source is asked.')) }) },
    budget: { admit, isDiskFull: async () => true },
    reuseFiles: false,
    log,
  } as unknown as Parameters<typeof downloadVideo>[0]
  const envelope = { ...job.envelope, kind: 'download' as const }
  const running = {
    id,
    envelope,
    attempt: 2,
    committed: null,
    delivered: undefined,
    report: () => undefined,
    reportNow: async () => undefined,
    withoutClock: <T>(work: () => Promise<T>) => work(),
  }
  await expect(downloadVideo(dependencies).prepare(running, new AbortController().signal)).rejects.toMatchObject({
    code: 'disk_full',
  })
  expect(await folders.list()).toEqual([])
  expect(await valueNow()).toBe('rotated')
})
