import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { descendantsOf, eventually, isAlive, processesMentioning } from '@video-scraper/testkit'
import type { JobContext } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ warm: { ...WARM, idleChildren: 2 } })
})
afterAll(() => stage.stop())

const infoOf = async (path: string, engine = stage.engine) =>
  engine.extractInfo({ url: stage.site.url(path) }, await stage.job())

/** Starts downloads that send slowly, waits until all send, and stops them when `look` has looked. */
async function whileDownloading<Seen>(count: number, look: (jobs: JobContext[], pids: number[]) => Seen) {
  const stop = new AbortController()
  const jobs = await Promise.all(Array.from({ length: count }, () => stage.job({ signal: stop.signal })))
  const url = stage.site.url('/big.mp4', { bytes: 50_000_000, rate: 200_000 })
  const running = jobs.map((job) => stage.engine.download({ url, options: {} }, job).catch(() => null))
  try {
    await eventually(() => jobs.every(({ seen }) => seen.at(-1)?.phase === 'downloading'))
    return look(
      jobs,
      jobs.map(({ folder }) => processesMentioning(folder)[0]?.pid ?? 0),
    )
  } finally {
    stop.abort(new Stop('cancelled'))
    await Promise.all(running)
  }
}

test('jobs are done by children of the zygote, not by programs started for them', async () => {
  const before = stage.engine.warmth()
  await infoOf('/jsonld')
  await infoOf('/video.mp4')
  await stage.engine.download({ url: stage.site.url('/video.mp4'), options: {} }, await stage.job())
  expect(stage.engine.warmth()).toMatchObject({ warm: (before?.warm ?? 0) + 3, cold: before?.cold })
})

test('warm and cold say the same about a page, a playlist, a stream, and a failure', async () => {
  const { warm: _, ...cold } = stage.options
  const coldEngine = stage.engineWith(cold)
  for (const path of ['/jsonld', '/several', '/hls/master.m3u8', '/status/404']) {
    const [one, other] = await Promise.all(
      [stage.engine, coldEngine].map((engine) =>
        infoOf(path, engine).catch(({ code, message }) => ({ code, message, failed: true })),
      ),
    )
    expect(one).toEqual(other)
  }
})

test('two jobs at once share no session, group, folder, descriptor, title or lease', async () => {
  const seen = await whileDownloading(2, (jobs, pids) =>
    pids.map((pid, index) => ({
      session: readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
        .slice(2, 4)
        .join(),
      isLeader:
        readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')
          .slice(2, 4)
          .join() === `${pid},${pid}`,
      folder: readlinkSync(`/proc/${pid}/cwd`) === jobs[index]?.folder,
      descriptors: readdirSync(`/proc/${pid}/fd`).map((each) => readlinkSync(`/proc/${pid}/fd/${each}`)),
      title: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ''),
      umask: /Umask:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
      lease: JSON.parse(readFileSync(`${jobs[index]?.folder}/lease`, 'utf8')).pid === pid,
    })),
  )
  for (const each of seen) expect(each).toMatchObject({ isLeader: true, folder: true, umask: '0077', lease: true })
  expect(new Set(seen.map(({ session }) => session)).size).toBe(2)
  expect(seen.every(({ title }) => /^yt-dlp download \S+$/.test(title))).toBe(true)
  const [one, other] = seen.map(({ descriptors }) => descriptors.filter((each) => each !== '/dev/null'))
  expect(one?.filter((each) => other?.includes(each))).toEqual([])
  // Events, standard error, control, the lease, the file, and the connection.
  expect(one?.length).toBeLessThanOrEqual(7)
})

test('jobs do not all call themselves the same browser', async () => {
  const before = stage.site.requests('/jsonld').length
  for (let jobs = 0; jobs < 12; jobs++) await infoOf('/jsonld')
  const agents = stage.site
    .requests('/jsonld')
    .slice(before)
    .map(({ headers }) => headers['user-agent'])
  // Seven versions are in use: 12 jobs agree by chance once in two milliards.
  expect(new Set(agents).size).toBeGreaterThan(1)
})

test('getting ready asks nobody for anything', async () => {
  const before = stage.site.requests().length
  const engine = stage.engineWith({})
  expect(await engine.warmUp()).toBe(true)
  const { zygote } = engine.warmth() ?? {}
  expect(readdirSync(`/proc/${zygote}/task`)).toHaveLength(1)
  // Standard streams, the way to say that it is ready, and the forkSocket: no connection, and no socket but the forkSocket.
  const open = readdirSync(`/proc/${zygote}/fd`).map((each) => readlinkSync(`/proc/${zygote}/fd/${each}`))
  expect(open.length).toBeLessThanOrEqual(6)
  expect(stage.site.requests()).toHaveLength(before)
  await engine.close()
  expect(isAlive(zygote ?? 0)).toBe(false)
})

test('children that wait in vain give their memory back, and the next job is warm all the same', async () => {
  const engine = stage.engineWith({ warm: { idleChildren: 2, idleSeconds: 0.5 } })
  await engine.warmUp()
  await eventually(() => engine.warmth()?.waiting === 2)
  const { zygote } = engine.warmth() ?? {}
  await eventually(() => descendantsOf(zygote ?? 0).length === 0)
  await infoOf('/jsonld', engine)
  expect(engine.warmth()).toMatchObject({ warm: 1, cold: 0 })
})
