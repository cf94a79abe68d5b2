/** Events over the whole stack: a stream outlives its gateway, and hundreds of them miss no end. */
import { get } from 'node:http'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(300_000)

const WITHOUT_LIMITS = {
  RATE_LIMIT_PER_MINUTE: '0',
  MAX_REQUESTS_PER_MINUTE: '0',
  MAX_DOWNLOADS_PER_CLIENT: '0',
  MAX_STREAMS_PER_CLIENT: '0',
}

let scene: Surroundings
const leaving: (() => void)[] = []
beforeEach(async () => {
  scene = await setTheScene(WITHOUT_LIMITS)
})
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave()
  await scene.stop()
})

interface Followed {
  text: string
  over: boolean
  /** It is over, and came to its proper end. */
  whole: boolean
}

/** Keeps the text as it comes; `over` when the answer has ended, well or badly. */
function follow(url: string, lastEventId = ''): Followed {
  const followed: Followed = { text: '', over: false, whole: false }
  const asked = get(url, { agent: false, headers: { 'last-event-id': lastEventId } }, (response) => {
    response.setEncoding('utf8')
    response.on('data', (part: string) => {
      followed.text += part
    })
    response.on('error', () => undefined)
    response.on('close', () => {
      followed.over = true
      followed.whole = response.complete
    })
  })
  asked.on('error', () => {
    followed.over = true
  })
  leaving.push(() => asked.destroy())
  return followed
}

const idsIn = ({ text }: Followed) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
const endsIn = ({ text }: Followed) => text.split('event: end\n').length - 1

test('a stream is continued on a second gateway after the first is killed, and nothing is reported twice', async () => {
  const second = await scene.stack.startGateway()
  const id = await scene.client.download(scene.site.url('/big.mp4', { bytes: '16000000', rate: '1500000' }))
  const path = `/api/video-scraper/status/${id}/events`
  const first = follow(`${scene.gateway.origin}${path}`)
  await eventually(() => idsIn(first).length > 3, { timeoutMs: 60_000 })
  await scene.gateway.end('SIGKILL')
  await eventually(() => first.over)
  expect(endsIn(first)).toBe(0)

  const seen = idsIn(first).at(-1) ?? 0
  const continued = follow(`${second.origin}${path}`, String(seen))
  await eventually(() => continued.over, { timeoutMs: 120_000 })
  expect(endsIn(continued)).toBe(1)
  expect(continued.text).toContain('"status":"completed"')
  expect(Math.min(...idsIn(continued))).toBeGreaterThan(seen)
})

test('SIGTERM ends a stream properly, without an end of the job, and it is continued on a second gateway', async () => {
  const second = await scene.stack.startGateway()
  const id = await scene.client.download(scene.site.url('/big.mp4', { bytes: '16000000', rate: '1500000' }))
  const path = `/api/video-scraper/status/${id}/events`
  const first = follow(`${scene.gateway.origin}${path}`)
  await eventually(() => idsIn(first).length > 3, { timeoutMs: 60_000 })
  expect(await scene.gateway.end('SIGTERM')).toBe(0)
  await eventually(() => first.over)
  expect([first.whole, endsIn(first)]).toEqual([true, 0])

  const seen = idsIn(first).at(-1) ?? 0
  const continued = follow(`${second.origin}${path}`, String(seen))
  await eventually(() => continued.over, { timeoutMs: 120_000 })
  expect([continued.whole, endsIn(continued)]).toEqual([true, 1])
  expect(continued.text).toContain('"status":"completed"')
  expect(Math.min(...idsIn(continued))).toBeGreaterThan(seen)
})

test('500 streams over 50 jobs: every one of them receives the end, and one connection to Redis is enough', async () => {
  const urls = Array.from({ length: 50 }, (_, at) => scene.site.url('/jsonld', { title: `job-${at}` }))
  await scene.worker.end('SIGTERM')
  const { body } = await scene.client.post('/api/video-scraper/info', { urls })
  const ids = (body.jobs as { job_id: string }[]).map(({ job_id: id }) => id)
  const streams = Array.from({ length: 500 }, (_, at) =>
    follow(`${scene.gateway.origin}/api/video-scraper/job/${ids[at % ids.length]}/events`),
  )
  await eventually(() => streams.every((stream) => idsIn(stream).length === 1), { timeoutMs: 60_000, everyMs: 200 })
  await scene.stack.startWorker({ WORKER_INFO_CONCURRENCY: '8' })
  await eventually(() => streams.every(({ over }) => over), { timeoutMs: 200_000, everyMs: 200 })
  expect(streams.map(endsIn)).toEqual(Array(500).fill(1))
})
