/** Two versions of yt-dlp behind one engine: a share of the jobs, a second try, and an exchange that no running job notices. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTargetPolicy, type EgressProxy, startEgressProxy } from '@video-scraper/egress'
import { installFfmpegShim } from '@video-scraper/sandbox'
import {
  readRuntime,
  startVideoSite,
  type TemporaryFolder,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import { createEngine, type Engine, type JobContext } from '@video-scraper/ytdlp'
import { withTestSources } from '../src/test-sources/test-sources.ts'
import { readyVersion } from '../src/updates/ready-version.ts'
import type { TrialEnd } from '../src/updates/trial.ts'
import { createVersionedEngine } from '../src/updates/versioned-engine.ts'

const runtime = readRuntime()
const log = { info: () => undefined, warn: () => undefined }

let root: TemporaryFolder
let site: VideoSite
let proxy: EgressProxy
let ffmpegLocation: string
beforeAll(async () => {
  root = await temporaryFolder()
  site = await startVideoSite()
  proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [new URL(site.origin).host] }) })
  ffmpegLocation = await installFfmpegShim({ directory: join(root.path, 'shim'), ...runtime })
})
afterAll(async () => {
  await proxy.close()
  await site.stop()
  await root.remove()
})

/** A home of links into the pinned one, whose generic extractor begins with these lines. */
function homeThat(name: string, lines: string): string {
  const home = join(root.path, name)
  const inside = join('yt_dlp', 'extractor', 'generic.py')
  const link = (folder: string): void => {
    mkdirSync(join(home, folder))
    for (const entry of readdirSync(join(runtime.ytdlp, folder))) {
      const path = join(folder, entry)
      // What was compiled of it belongs to the source as it was.
      if (path === inside || path.includes('__pycache__/generic.')) continue
      if (inside.startsWith(`${path}/`) || path === join(dirname(inside), '__pycache__')) link(path)
      else symlinkSync(join(runtime.ytdlp, path), join(home, path))
    }
  }
  link('')
  const beginning = '        original_url = url\n'
  const source = readFileSync(join(runtime.ytdlp, inside), 'utf8')
  const changed = source.replace(beginning, `${lines}${beginning}`)
  expect(source.includes(beginning)).toBe(true)
  writeFileSync(join(home, inside), changed)
  return home
}

const engineOf = (home: string, warm = false): Engine =>
  createEngine({
    python: runtime.python,
    home,
    ffmpegLocation,
    maxFileBytes: 0,
    stallSeconds: 0,
    workerId: 'worker',
    ...(warm && { warm: { idleChildren: 1, idleSeconds: 60 } }),
  })

let jobs = 0
async function job(): Promise<JobContext> {
  jobs += 1
  const folder = join(root.path, `job-${jobs}`)
  await mkdir(folder, { mode: 0o700 })
  const { signal } = new AbortController()
  return { jobId: `job-${jobs}`, folder, egress: proxy.admit(`job-${jobs}`), signal, onProgress: () => undefined }
}

/** `random`: what the next jobs draw; the last one for ever. */
function scene(lines: string, random: number[] = [0]) {
  const trial = { version: 'new', engine: engineOf(homeThat(`home-${jobs}-${random.length}`, lines)) }
  const engine = createVersionedEngine({
    serving: { version: 'old', engine: engineOf(runtime.ytdlp) },
    log,
    random: () => (random.length > 1 ? (random.shift() ?? 0) : (random[0] ?? 0)),
  })
  const ends: TrialEnd[] = []
  engine.begin(trial, (end) => void ends.push(end))
  return { engine, ends, trial }
}

const BREAKS = "        raise ExtractorError('The site has changed')\n"
const REFUSES = "        raise ExtractorError('This video is private', expected=True)\n"

test('a job that breaks with the new version is done by the old one, and that is known', async () => {
  const { engine, ends } = scene(BREAKS)
  const url = site.url('/video.mp4')
  await expect(engine.extractInfo({ url }, await job())).resolves.toMatchObject({ formats: [expect.anything()] })
  await expect(engine.download({ url, options: {} }, await job())).resolves.toMatchObject({ extension: 'mp4' })
  expect(ends).toEqual([
    { url, broken: true, alsoBefore: false },
    { url, broken: true, alsoBefore: false },
  ])
  await engine.close()
})

test('what either version refuses for a reason of the source is no fault of the new one', async () => {
  const { engine, ends } = scene(REFUSES)
  const url = site.url('/video.mp4')
  await expect(engine.extractInfo({ url }, await job())).rejects.toMatchObject({
    code: expect.not.stringMatching(/broken|internal/),
  })
  expect(ends).toEqual([{ url, broken: false, alsoBefore: false }])
  await engine.close()
})

test('a fifth of the jobs goes to the new version, and what is found there is no record for others', async () => {
  const { engine, ends } = scene('', [0.2, 0.19, 0.99])
  const records: Buffer[] = []
  const ask = async () =>
    engine.extractInfo({ url: site.url('/video.mp4'), onRecord: (record) => void records.push(record) }, await job())
  await ask()
  expect([ends.length, records.length]).toEqual([0, 1])
  await ask()
  expect([ends.length, records.length]).toEqual([1, 1])
  await ask()
  expect([ends.length, records.length]).toEqual([1, 2])
  await engine.close()
})

test('a job with cookies never goes to the new version, which would change them for a second attempt', async () => {
  const { engine, ends } = scene(BREAKS)
  const url = site.url('/video.mp4')
  for (const download of [false, true]) {
    const context = await job()
    const cookies = { site: '127.0.0.1', file: join(context.folder, 'changes.json'), cookies: [] }
    if (download) await engine.download({ url, options: {}, cookies }, context)
    else await engine.extractInfo({ url, cookies }, context)
  }
  expect(ends).toEqual([])
  await engine.close()
})

test('a job for a test source says nothing of the new version', async () => {
  const { engine, ends } = scene(BREAKS)
  const sources = await withTestSources(engine, () => engine.serving().engine)
  const url = 'https://test.invalid/ok'
  await expect(sources.engine.extractInfo({ url }, await job())).resolves.toMatchObject({ title: expect.any(String) })
  expect(ends).toEqual([])
  await sources.engine.extractInfo({ url: site.url('/video.mp4') }, await job())
  expect(ends).toHaveLength(1)
  await sources.close()
  await engine.close()
})

test('a version that cannot be kept ready does not do what jobs need', async () => {
  const onlyCold =
    "        import sys\n        if 'preheat' in sys.modules:\n            raise RuntimeError('not here')\n"
  const home = homeThat('cold-only', onlyCold)
  const ready = () =>
    readyVersion({
      engine: engineOf(home, true),
      ffmpeg: runtime.ffmpeg,
      sandbox: null,
      signal: new AbortController().signal,
      isChecked: false,
    })
  await expect(ready()).rejects.toMatchObject({ name: 'SelfCheckFailed', message: expect.stringContaining('ready') })
}, 120_000)

test('a job that runs notices nothing of an exchange, and the next ones are warm at once', async () => {
  const [old, next] = [engineOf(runtime.ytdlp, true), engineOf(homeThat('next', ''), true)]
  await Promise.all([old.warmUp(), next.warmUp()])
  const engine = createVersionedEngine({ serving: { version: 'old', engine: old }, log })
  const before = old.warmth()?.zygote
  let begun: () => void = () => undefined
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  const context = {
    ...(await job()),
    onProgress: ({ downloadedBytes }: { downloadedBytes: number | null }) => void (downloadedBytes && begun()),
  }
  const running = engine.download(
    { url: site.url('/big.mp4', { bytes: 2_000_000, rate: 500_000 }), options: {} },
    context,
  )
  await started
  engine.exchange({ version: 'new', engine: next })
  await engine.extractInfo({ url: site.url('/video.mp4') }, await job())
  expect(engine.warmth()).toMatchObject({ warm: 1, cold: 0 })
  expect(engine.warmth()?.zygote).not.toBe(before)
  await expect(running).resolves.toMatchObject({ restarted: false })
  await engine.close()
  expect([old.warmth()?.zygote, next.warmth()?.zygote]).toEqual([null, null])
})
