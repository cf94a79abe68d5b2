/** What expired goes, what crashes left goes, and what is still needed stays. */
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { keys, readStoredBytes } from '@video-scraper/store'
import { eventually, readRuntime } from '@video-scraper/testkit'
import { housekeepingRound, startHousekeeping } from '../src/housekeeping.ts'
import { HOUR_MS, newDownloadId, OPTIONS, useHousekeeping } from './housekeeping-rig.ts'

const rig = useHousekeeping()
const { dependencies, publishFile, runRound, submitted, workFolderOf } = rig

test('a file whose time is over goes from the index and the disk, and the others stay', async () => {
  const over = await publishFile(Date.now() - 1)
  const kept = await publishFile(Date.now() + HOUR_MS)
  await runRound()
  expect(await rig.files.find(over.filename)).toBeNull()
  expect(await rig.library.open(over.filename)).toBeNull()
  expect((await rig.files.list('anonymous', 10))?.entries).toEqual([kept])
  expect(await readdir(join(rig.disk.path, 'library'))).toEqual([kept.filename, `${kept.filename}.json`])
})

test('thousands of files whose time is over go in one round', async () => {
  const kept = await publishFile(Date.now() + HOUR_MS)
  for (let round = 0; round < 1100; round += 1) {
    await rig.files.add({ ...kept, filename: `x-${randomBytes(16).toString('hex')}.mp4`, expiresAt: 1 })
  }
  await runRound()
  expect(await rig.files.expired(Date.now(), 10)).toEqual([])
  expect(await readStoredBytes(rig.redis).total()).toBe(6)
})

test('when all files together are too large, the oldest go, and no more than must', async () => {
  const ages = [5, 1, 4, 2, 3]
  const made = new Map<number, FileEntry>()
  for (const age of ages) made.set(age, await publishFile(Date.now() + HOUR_MS, Date.now() - age * 1000))
  await runRound({ libraryMaxBytes: 3 * 6 })
  const left = (await rig.files.list('anonymous', 10))?.entries.map(({ filename }) => filename)
  expect(left).toEqual([1, 2, 3].map((age) => made.get(age)?.filename))
  expect((await readdir(join(rig.disk.path, 'library'))).length).toBe(6)
  expect(await readStoredBytes(rig.redis).total()).toBe(3 * 6)
})

test.each(['nothing', 'the media', 'the media and its sidecar'])(
  'a removal that a gateway decided, and of which it did %s before it died, is finished',
  async (done) => {
    const { filename } = await publishFile(Date.now() + HOUR_MS)
    const kept = await publishFile(Date.now() + HOUR_MS)
    await rig.files.expire(filename, Date.now())
    const path = join(rig.disk.path, 'library', filename)
    if (done !== 'nothing') await rm(path)
    if (done === 'the media and its sidecar') await rm(`${path}.json`)
    await runRound()
    expect(await readdir(join(rig.disk.path, 'library'))).toEqual([kept.filename, `${kept.filename}.json`])
    expect((await rig.files.list('anonymous', 10))?.entries).toEqual([kept])
    expect((await rig.redis.keys('*')).filter((key) => key.includes(filename))).toEqual([])
    expect(await rig.files.expired(Number.MAX_SAFE_INTEGER, 10)).toEqual([kept.filename])
  },
)

test('the folder of a job that is unknown or has ended is swept, that of an unfinished one is kept for resuming', async () => {
  const unfinished = await submitted()
  await workFolderOf(unfinished, 2 * HOUR_MS)
  await workFolderOf(newDownloadId(), 2 * HOUR_MS)
  await runRound()
  expect(await readdir(join(rig.disk.path, 'work'))).toEqual([unfinished])
})

test('what an unfinished job left is swept when its time is over', async () => {
  await workFolderOf(await submitted(), 7 * HOUR_MS)
  await runRound({ workRetentionMs: 6 * HOUR_MS })
  expect(await readdir(join(rig.disk.path, 'work'))).toEqual([])
})

test('a folder that was just made is left alone, whatever is known of its job', async () => {
  const id = newDownloadId()
  await rig.folders.open(id)
  await runRound()
  expect(await readdir(join(rig.disk.path, 'work'))).toEqual([id])
})

test('a folder in which a process still works is left alone', async () => {
  const id = newDownloadId()
  const path = await workFolderOf(id, 2 * HOUR_MS)
  await writeFile(join(path, 'lease'), '')
  const hold =
    'import fcntl,sys,time; f=open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print("held", flush=True); time.sleep(60)'
  const holder = spawn(readRuntime().python, ['-c', hold, join(path, 'lease')], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    await once(holder.stdout, 'data')
    const then = new Date(Date.now() - 2 * HOUR_MS)
    for (const at of [join(path, 'lease'), path]) await utimes(at, then, then)
    await runRound()
    expect(await readdir(join(rig.disk.path, 'work'))).toEqual([id])
  } finally {
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
  await runRound()
  await eventually(async () => expect(await readdir(join(rig.disk.path, 'work'))).toEqual([]))
})

test('a folder that is no job of ours is never touched', async () => {
  const strange = join(rig.disk.path, 'work', 'lost+found')
  await mkdir(strange)
  await utimes(strange, new Date(0), new Date(0))
  await runRound()
  expect(await readdir(join(rig.disk.path, 'work'))).toEqual(['lost+found'])
  await expect(rig.folders.open('../library')).rejects.toThrow('Not the id of a job')
})

test('a stop aborts a running round at once, also while Redis does not answer', async () => {
  const housekeeping = startHousekeeping(dependencies(), OPTIONS)
  rig.server.freeze()
  const before = Date.now()
  try {
    await housekeeping.stop()
    expect(Date.now() - before).toBeLessThan(2000)
  } finally {
    rig.server.thaw()
  }
})

test('rounds do not pile up while Redis is away: when it is back, one goes on', async () => {
  let looks = 0
  const counted = { ...rig.records, claim: async () => looks++ < 0 }
  rig.server.freeze()
  const housekeeping = startHousekeeping(
    {
      ...dependencies(),
      records: counted,
      folders: { ...rig.folders, list: () => rig.redis.ping().then(() => []) },
    },
    { ...OPTIONS, everyMs: 20 },
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(looks).toBe(0)
  rig.server.thaw()
  await eventually(() => expect(looks).toBeGreaterThan(0))
  const first = looks
  await housekeeping.stop()
  // With one round for each missed tick there would be 25 at once.
  expect(first).toBeLessThan(5)
})

test('the library is walked through once an hour, whoever asks', async () => {
  let sweeps = 0
  const counted = { ...dependencies(), library: { ...rig.library, sweep: async () => [String(sweeps++)] } }
  const { signal } = new AbortController()
  for (let round = 0; round < 3; round += 1) {
    await rig.redis.del(keys.maintenance('round'))
    await housekeepingRound({ ...counted, workerId: randomUUID() }, OPTIONS, signal)
  }
  expect(sweeps).toBe(1)
  expect(await rig.redis.ttl(keys.maintenance('sweep'))).toBeGreaterThan(3500)
})
