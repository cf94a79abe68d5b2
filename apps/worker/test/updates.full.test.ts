/** Newer versions of yt-dlp: from the index beside the pinned one, through a trial, to all jobs, and back by themselves. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { beginTrial, rollBack } from '../src/updates/decisions.ts'
import { startUpdateRig } from './update-rig.ts'

jest.setTimeout(300_000)
const LONG = { timeoutMs: 120_000 }

const GOOD = '2099.1.1'
/** Lacks what our own code replaces. */
const MISFIT = '2099.2.1'
/** Reads what the check reads, and breaks on other addresses. */
const BREAKING = '2099.3.1'

let rig: Awaited<ReturnType<typeof startUpdateRig>>
let worker: ReturnType<typeof rig.worker>
beforeAll(async () => {
  rig = await startUpdateRig([
    { version: '2026.10.26', reported: '2026.10.26' },
    { version: GOOD, reported: '2099.01.01' },
    { version: MISFIT, reported: '', describedOnly: true },
    { version: BREAKING, reported: '', describedOnly: true },
  ])
  worker = rig.worker()
})
afterAll(async () => {
  await worker.close()
  await rig.stop()
})

const infoOf = async (path: string, number = 0): Promise<string[]> => {
  const job = await rig.job()
  await worker.engine.extractInfo({ url: rig.address(path, number) }, job)
  return [...job.versions]
}
const servingVersion = () => worker.engine.serving().version

/** Made from the good one, since installing takes long: what is not changed is the same file. */
async function copyInstalled(version: string, reported: string, changes: Readonly<Record<string, [string, string]>>) {
  const good = (await rig.installed.homeOf(GOOD)) ?? ''
  const home = good.replace(GOOD, version)
  execFileSync('cp', ['-al', good, home])
  const all = {
    ...changes,
    'yt_dlp/version.py': ["__version__ = '2099.01.01'", `__version__ = '${reported}'`] as const,
  }
  for (const [path, [old, next]] of Object.entries(all)) {
    const source = readFileSync(join(home, path), 'utf8')
    expect(source).toContain(old)
    rmSync(join(home, path))
    writeFileSync(join(home, path), source.replace(old, next))
    const compiled = join(home, dirname(path), '__pycache__')
    const stem = `${basename(path, '.py')}.`
    for (const name of readdirSync(compiled)) if (name.startsWith(stem)) rmSync(join(compiled, name))
  }
}

test('nothing is done where the index has nothing newer', async () => {
  rig.index.offer('2026.10.26')
  await worker.updates.look()
  expect((await rig.states.read()).looked).toMatchObject({ problem: null })
  expect(worker.updates.now().trial).toBeNull()
  expect(worker.events).toEqual([])
})

test('a newer one is installed with checksums, tried by some of the jobs, and then does all of them', async () => {
  rig.index.offer(GOOD)
  // A trial that an older release began, of what this one pins, stands in nobody's way.
  await rig.states.change(beginTrial('2020.1.1', Date.now()))
  await worker.updates.look()
  expect(worker.events).toEqual([{ event: 'trial_began', version: '2099.01.01' }])
  const list = readFileSync(join(rig.folder, requirementsOf(GOOD)), 'utf8')
    .trim()
    .split('\n')
  expect(list.length).toBeGreaterThan(10)
  for (const line of list) expect(line).toMatch(/^[\w.-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}$/)

  expect(await infoOf('/video.mp4')).toEqual([rig.pinnedVersion])
  // One job runs while the other version takes over.
  const running = await rig.job()
  const url = rig.address('/big.mp4?bytes=3000000&rate=500000')
  const download = worker.engine.download({ url, options: {} }, running)
  rig.choice.trial = true
  for (let number = 0; number < 30; number++) expect(await infoOf('/video.mp4', number)).toEqual(['2099.01.01'])
  await eventually(() => expect(worker.events.at(-1)).toEqual({ event: 'served', version: '2099.01.01' }), LONG)
  rig.choice.trial = false
  expect(await infoOf('/video.mp4')).toEqual(['2099.01.01'])
  await expect(download).resolves.toMatchObject({ restarted: false })
  expect([...running.versions]).toEqual([rig.pinnedVersion])
})

test('one that does not do what jobs need is not used, and the log says why', async () => {
  await copyInstalled(MISFIT, '2099.02.01', {
    'yt_dlp/downloader/common.py': [
      'def real_download(self, filename, info_dict)',
      'def real_download(self, filename)',
    ],
  })
  rig.index.offer(MISFIT)
  await worker.updates.look()
  expect(worker.events.at(-1)).toEqual({ event: 'refused', version: MISFIT, reason: 'self_check_failed' })
  const line = rig.lines.find(({ fields }) => fields.reason === 'self_check_failed')
  expect(String(line?.fields.problem)).toMatch(/real_download/)
  expect(servingVersion()).toBe('2099.01.01')
  // It is not installed again at the next look.
  await worker.updates.look()
  expect(worker.updates.now().trial).toBeNull()
})

test('one that breaks more often goes by itself, and no client has noticed it', async () => {
  const beginning = '        original_url = url\n'
  const breaks = "        if 'breaks' in url:\n            raise ExtractorError('The site has changed')\n"
  await copyInstalled(BREAKING, '2099.03.01', { 'yt_dlp/extractor/generic.py': [beginning, breaks + beginning] })
  rig.index.offer(BREAKING)
  await worker.updates.look()
  rig.choice.trial = true
  for (let number = 0; number < 30; number++) {
    const versions = await infoOf(number < 3 ? '/video.mp4?breaks' : '/video.mp4', number)
    expect(versions).toEqual(number < 3 ? ['2099.03.01', '2099.01.01'] : ['2099.03.01'])
  }
  const refused = { event: 'refused', version: BREAKING, reason: 'broke_more_often' }
  await eventually(() => expect(worker.events.at(-1)).toEqual(refused), LONG)
  rig.choice.trial = false
  const line = rig.lines.find(({ fields }) => fields.reason === 'broke_more_often')
  expect(line).toMatchObject({ level: 'warn', fields: { jobs: 30, sites: 3, broken: 3, brokenBefore: 0 } })
  expect(await infoOf('/video.mp4?breaks')).toEqual(['2099.01.01'])
  await worker.updates.follow()
  expect(worker.engine.trial()).toBeNull()
})

test('one that serves and does not start here is not taken from others, and is tried again later', async () => {
  const folder = join((await rig.installed.homeOf(GOOD)) ?? '', 'yt_dlp')
  const version = join(folder, 'version.py')
  for (const name of readdirSync(join(folder, '__pycache__')))
    if (name.startsWith('version.')) rmSync(join(folder, '__pycache__', name))
  const whole = readFileSync(version, 'utf8')
  // Of other versions it is the same file.
  rmSync(version)
  writeFileSync(version, "raise OSError('out of reach')\n")
  const other = rig.worker()
  await other.updates.serveDecided()
  expect(other.engine.serving().version).toBe(rig.pinnedVersion)
  const { serving, refused } = await rig.states.read()
  expect([serving, refused.some((each) => each.version === GOOD)]).toEqual([GOOD, false])
  writeFileSync(version, whole)
  await other.updates.follow()
  expect(other.engine.serving().version).toBe(rig.pinnedVersion)
  rig.later(60_000)
  await other.updates.follow()
  expect(other.engine.serving().version).toBe('2099.01.01')
  await other.close()
})

test('a worker that is started later begins with what serves, and with no trial', async () => {
  await rig.states.change(beginTrial(BREAKING, Date.now()))
  const other = rig.worker()
  await other.updates.serveDecided()
  expect(other.engine.serving().version).toBe('2099.01.01')
  expect(other.engine.trial()).toBeNull()
  await rig.states.change(rollBack(Date.now()))
  await other.close()
})

test('a worker that is started later does what was decided, and goes back where somebody says so', async () => {
  const other = rig.worker()
  await other.updates.follow()
  expect(other.engine.serving().version).toBe('2099.01.01')
  await rig.states.change(rollBack(Date.now()))
  for (const each of [worker, other]) {
    await each.updates.follow()
    expect(each.engine.serving().version).toBe(rig.pinnedVersion)
    expect(await infoOf('/video.mp4')).toEqual([rig.pinnedVersion])
  }
  await other.close()
})

test('what is installed again is the same, byte for byte, or it is not installed', async () => {
  const home = await rig.installed.homeOf(GOOD)
  rmSync(home ?? '', { recursive: true })
  rig.index.replace(/^yt_dlp-2099\.1\.1-/)
  await expect(rig.installed.install(GOOD, new AbortController().signal)).rejects.toThrow(/HASHES|hash/i)
  expect(await rig.installed.homeOf(GOOD)).toBeNull()
})

test('without the index nothing changes', async () => {
  await rig.index.stop()
  const before = await rig.states.read()
  await worker.updates.look()
  expect(servingVersion()).toBe(rig.pinnedVersion)
  expect(await rig.states.read()).toEqual({
    ...before,
    looked: { at: expect.any(Number), problem: expect.any(String) },
  })
  expect(rig.lines.at(-1)).toMatchObject({ level: 'warn', message: expect.stringContaining('no newer yt-dlp') })
})

const requirementsOf = (version: string): string =>
  readdirSync(rig.folder).find((name) => name.startsWith(`requirements-${version}-`)) ?? 'none'
