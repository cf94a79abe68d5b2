import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { descendantsOf, eventually, isAlive, processesMentioning } from '@video-scraper/testkit'
import type { Engine, EngineOptions } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

async function warmEngine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = stage.engineWith({ warm: { ...WARM, backoffMs: 100 }, ...options })
  expect(await engine.warmUp()).toBe(true)
  await eventually(() => engine.warmth()?.waiting === 1)
  return engine
}

const infoOf = async (engine: Engine, path = '/jsonld') =>
  engine.extractInfo({ url: stage.site.url(path) }, await stage.job())
const zygoteOf = (engine: Engine): number => engine.warmth()?.zygote ?? 0
const waitingOf = (engine: Engine): number => descendantsOf(zygoteOf(engine))[0]?.pid ?? 0
const downloadIn = async (folder: string) =>
  eventually(() => readdirSync(folder).some((name) => name.endsWith('.part')))

/** A folder with the same packages, in which single files can be others. */
async function homeWith(changes: Record<string, string>): Promise<string> {
  const { folder } = await stage.job()
  const home = join(folder, 'home')
  mkdirSync(join(home, 'yt_dlp'), { recursive: true })
  const { home: real } = stage.options
  for (const name of readdirSync(real)) if (name !== 'yt_dlp') symlinkSync(join(real, name), join(home, name))
  for (const name of readdirSync(join(real, 'yt_dlp'))) {
    if (name !== 'version.py') symlinkSync(join(real, 'yt_dlp', name), join(home, 'yt_dlp', name))
  }
  cpSync(join(real, 'yt_dlp', 'version.py'), join(home, 'yt_dlp', 'version.py'))
  for (const [path, text] of Object.entries(changes)) writeFileSync(join(home, path), text)
  return home
}

test('kill -9 of the zygote harms no job that runs, the next starts cold, and then there is another', async () => {
  const engine = await warmEngine()
  const bytes = 1_500_000
  const job = await stage.job()
  const url = stage.site.url('/big.mp4', { bytes, rate: 500_000 })
  const running = engine.download({ url, options: {} }, job)
  await downloadIn(job.folder)
  const killed = zygoteOf(engine)
  process.kill(killed, 'SIGKILL')
  await eventually(() => zygoteOf(engine) !== killed)
  await expect(infoOf(engine)).resolves.toMatchObject({ title: 'A described video' })
  const { path } = await running
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  expect(digest).toBe(await stage.site.largeVideoDigest(bytes))
  await eventually(() => zygoteOf(engine) !== 0)
  const { warm = 0 } = engine.warmth() ?? {}
  await infoOf(engine)
  expect(engine.warmth()?.warm).toBe(warm + 1)
})

test('a job whose child is killed before its first word is done cold, unnoticed', async () => {
  const engine = await warmEngine()
  const child = waitingOf(engine)
  process.kill(child, 'SIGSTOP')
  const running = infoOf(engine)
  await eventually(() => engine.warmth()?.warm === 1)
  process.kill(child, 'SIGKILL')
  await expect(running).resolves.toMatchObject({ title: 'A described video' })
})

test('kill -9 of a child that waits is not noticed', async () => {
  const engine = await warmEngine()
  process.kill(waitingOf(engine), 'SIGKILL')
  await expect(infoOf(engine)).resolves.toMatchObject({ title: 'A described video' })
})

test.each(['/stall-page', '/slow.mp4'])(
  'kill -9 of a child at work on %s fails its job, and leaves nothing',
  async (path) => {
    const engine = await warmEngine()
    const job = await stage.job()
    const asked = stage.site.requests(path).length
    const running = engine.download({ url: stage.site.url(path), options: {} }, job)
    await eventually(() => stage.site.requests(path).length > asked)
    for (const { pid } of processesMentioning(job.folder)) process.kill(pid, 'SIGKILL')
    await expect(running).rejects.toMatchObject({ code: 'internal_error' })
    expect(processesMentioning(job.folder)).toEqual([])
    expect(engine.warmth()?.warm).toBe(1)
  },
)

test('a zygote that hangs holds no job up for long, and is replaced', async () => {
  const engine = stage.engineWith({ warm: { ...WARM, idleChildren: 0, backoffMs: 100 } })
  await engine.warmUp()
  const hung = zygoteOf(engine)
  process.kill(hung, 'SIGSTOP')
  await expect(infoOf(engine)).resolves.toMatchObject({ title: 'A described video' })
  expect(engine.warmth()).toMatchObject({ cold: 1 })
  await eventually(() => !isAlive(hung) && zygoteOf(engine) !== 0)
})

test('cancelled while it waits for a child, a job ends at once and nothing is left', async () => {
  const engine = stage.engineWith({ warm: { ...WARM, idleChildren: 0 } })
  await engine.warmUp()
  const zygote = zygoteOf(engine)
  process.kill(zygote, 'SIGSTOP')
  const stop = new AbortController()
  const job = await stage.job({ signal: stop.signal })
  const running = engine.extractInfo({ url: stage.site.url('/jsonld') }, job)
  stop.abort(new Stop('cancelled'))
  await expect(running).rejects.toMatchObject({ reason: 'cancelled' })
  process.kill(zygote, 'SIGCONT')
  await eventually(() => descendantsOf(zygote).length === 0)
})

test('with a second thread it forks nothing: its jobs start cold', async () => {
  const thread = 'import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n'
  // Something that yt-dlp imports where it is there, and is not there.
  const home = await homeWith({ 'secretstorage.py': thread })
  const engine = stage.engineWith({ home, warm: { idleChildren: 0, idleSeconds: 60, backoffMs: 60_000 } })
  expect(await engine.warmUp()).toBe(true)
  const zygote = zygoteOf(engine)
  expect(readdirSync(`/proc/${zygote}/task`)).toHaveLength(2)
  await expect(infoOf(engine)).resolves.toMatchObject({ title: 'A described video' })
  expect(engine.warmth()).toMatchObject({ warm: 0, cold: 1, zygote: null })
  expect(isAlive(zygote)).toBe(false)
})

test('with another yt-dlp in its place no job runs the old one', async () => {
  const home = await homeWith({})
  const engine = await warmEngine({ home })
  const old = zygoteOf(engine)
  const version = join(home, 'yt_dlp', 'version.py')
  writeFileSync(version, readFileSync(version, 'utf8').replace(/__version__ = .*/, "__version__ = '2999.01.01'"))
  await infoOf(engine)
  expect(engine.warmth()).toMatchObject({ warm: 0, cold: 1 })
  await eventually(() => !isAlive(old))
  expect(await engine.warmUp()).toBe(true)
  expect(zygoteOf(engine)).not.toBe(old)
})

test('after as many jobs as it may do, it is replaced, and every job is warm', async () => {
  const engine = await warmEngine({ warm: { ...WARM, jobsMax: 2 } })
  const first = zygoteOf(engine)
  for (let jobs = 0; jobs < 3; jobs++) await infoOf(engine)
  await eventually(() => zygoteOf(engine) !== first && !isAlive(first))
  await infoOf(engine)
  expect(engine.warmth()).toMatchObject({ warm: 4, cold: 0 })
})

test('when it has grown old, it is replaced, and every job is warm', async () => {
  const engine = await warmEngine({ warm: { ...WARM, ageMaxMs: 1 } })
  const first = zygoteOf(engine)
  await infoOf(engine)
  await eventually(() => zygoteOf(engine) !== first && !isAlive(first))
  await infoOf(engine)
  expect(engine.warmth()).toMatchObject({ warm: 2, cold: 0 })
})

test('a zygote that ends again and again is started after pauses that double', async () => {
  const failures: number[] = []
  const logger = { debug: () => undefined, warn: () => failures.push(performance.now()) }
  // Nothing lies there, so that it ends as soon as it looks for yt-dlp.
  const { folder } = await stage.job()
  const backoffMs = 50
  const engine = stage.engineWith({ home: folder, logger, warm: { ...WARM, backoffMs } })
  expect(await engine.warmUp()).toBe(false)
  await eventually(() => failures.length >= 5)
  const pauses = failures.slice(1, 5).map((at, index) => at - (failures[index] ?? 0))
  // Each holds a start as well, so it may be longer. Timers may fire a millisecond early.
  for (const [index, pause] of pauses.entries()) expect(pause).toBeGreaterThanOrEqual(backoffMs * 2 ** index - 2)
  await engine.close()
  const { length } = failures
  expect(engine.warmth()).toMatchObject({ zygote: null })
  expect(failures).toHaveLength(length)
})

/** Folders of sockets that still have a name. */
const sockets = () => readdirSync(tmpdir()).filter((name) => name.startsWith('video-scraper-fork-'))

/** Without grandchildren: the engines of other tests fork and lose theirs meanwhile. */
const ownChildren = () =>
  descendantsOf(process.pid).flatMap(({ pid, parentPid }) => (parentPid === process.pid ? [pid] : []))

test('a zygote that is not ready in time is ended, and jobs start cold', async () => {
  const socketsBefore = sockets()
  const before = ownChildren()
  const engine = stage.engineWith({ warm: { ...WARM, readyWithinMs: 1, backoffMs: 60_000 } })
  expect(await engine.warmUp()).toBe(false)
  await eventually(() => expect(ownChildren().filter((pid) => !before.includes(pid))).toEqual([]))
  await expect(infoOf(engine)).resolves.toMatchObject({ title: 'A described video' })
  expect(sockets().filter((name) => !socketsBefore.includes(name))).toEqual([])
})

test('closing ends the zygote and what waits, also while it is getting ready', async () => {
  const engine = await warmEngine()
  const all = [zygoteOf(engine), waitingOf(engine)]
  const hurried = stage.engineWith({ warm: WARM })
  const warming = hurried.warmUp()
  await Promise.all([engine.close(), hurried.close()])
  expect(await warming).toBe(false)
  await eventually(() => !all.some(isAlive))
})
