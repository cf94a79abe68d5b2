/**
 * Event streams of one gateway: what a thousand of them weigh, and how late an update is with 500 of them and 100 updates a
 * second. The worker is the real consumer; only what it does between its reports is left out.
 */
import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { startConsumer } from '@video-scraper/queue'
import { connectRedis } from '@video-scraper/store'
import { api, post } from '../api-client.mjs'
import { memoryOf } from '../processes.mjs'
import { megabytes, milliseconds } from '../report.mjs'

const STREAMS = 1000
const FOLLOWED = 500
const JOBS = 60
/** Above the 0.5 s in which a worker writes once: 60 jobs make 100 updates a second. */
const REPORT_EVERY_MS = 600
const MEASURED_MS = 10_000
const SETTLE_MS = 2000
const MEMORY_TARGET = 200
const LATE_TARGET = 100

const silent = { info() {}, warn() {}, error() {} }

export async function streams({ lab, say }) {
  const { stack, site } = await lab.worksite()
  const gateway = await stack.startGateway()
  const redis = connectRedis(stack.redis.url, 'worker', () => {})
  lab.keep({ end: () => redis.disconnect() })

  const urls = Array.from({ length: JOBS }, (_, job) => `${site.origin}/media.mp4?job=${job}`)
  const { jobs } = await post(api(gateway.origin, '/download'), { urls })
  const late = []
  const ended = new Set()
  const follow = (count) =>
    Array.from({ length: count }, (_, at) => {
      const { download_id: id } = jobs[at % jobs.length]
      return openStream(api(gateway.origin, `/status/${id}/events`), (event) => {
        const { heartbeat_at: sentAt, status } = JSON.parse(event.data)
        if (event.name === 'end' && status === 'completed') ended.add(at)
        if (sentAt) late.push(Date.now() - Date.parse(sentAt))
      })
    })

  const open = follow(FOLLOWED)
  await Promise.all(open.map(({ opened }) => opened))
  say(`streams: ${FOLLOWED} open, ${MEASURED_MS / 1000} s of updates`)
  const consumer = await startReporting(redis)
  await delay(SETTLE_MS)
  late.length = 0
  await delay(MEASURED_MS)
  const sorted = late.toSorted((a, b) => a - b)
  consumer.finish()
  await Promise.all(open.map(({ over }) => over))
  await consumer.close()
  say(`streams: ${sorted.length} updates reported, ${ended.size} of ${FOLLOWED} ends`)
  if (ended.size !== FOLLOWED) throw new Error(`Only ${ended.size} of ${FOLLOWED} streams received the end.`)

  const more = await post(api(gateway.origin, '/download'), { urls })
  jobs.splice(0, jobs.length, ...more.jobs)
  const all = follow(STREAMS)
  lab.keep({
    end() {
      for (const { leave } of all) leave()
    },
  })
  await Promise.all(all.map(({ opened }) => opened))
  await delay(SETTLE_MS)
  const { resident, proportional } = await memoryOf(gateway.pid)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY
  return [
    {
      measure: `gateway with ${STREAMS} open streams`,
      ours: `${megabytes(resident)} (${megabytes(proportional)} PSS)`,
      peer: '–',
      ratio: null,
      target: { bound: 'below', limit: MEMORY_TARGET, value: resident / 1e6, unit: ' MB' },
    },
    {
      measure: `${FOLLOWED} streams, ${Math.round((JOBS * 1000) / REPORT_EVERY_MS)} updates/s: p99 from report to client`,
      ours: `${milliseconds(p99)} (median ${milliseconds(sorted[Math.floor(sorted.length / 2)] ?? 0)})`,
      peer: '–',
      ratio: null,
      target: { bound: 'below', limit: LATE_TARGET, value: p99, unit: ' ms' },
    },
  ]
}

/** Downloads that report and do nothing else, until they are asked to finish. */
async function startReporting(redis) {
  let finish = () => {}
  const finished = new Promise((resolve) => {
    finish = resolve
  })
  const prepare = async ({ report }) => {
    // Spread, as jobs of different users are.
    await delay(Math.random() * REPORT_EVERY_MS)
    const timer = setInterval(() => report(progressNow()), REPORT_EVERY_MS)
    await finished
    clearInterval(timer)
  }
  const publish = async ({ id }) => fileOf(id)
  const task = { prepare, publish, discard: async () => {} }
  const consumer = await startConsumer(redis, 'download', task, { concurrency: JOBS, timeoutMs: 0, log: silent })
  return { finish, close: () => consumer.close() }
}

const progressNow = () => ({
  fraction: 0.5,
  phase: 'downloading',
  downloadedBytes: 1,
  totalBytes: 2,
  bytesPerSecond: 1,
  etaSeconds: 1,
  heartbeatAt: Date.now(),
})

const fileOf = (id) => ({
  filename: `${id}.mp4`,
  jobId: id,
  owner: 'anonymous',
  title: null,
  sourceUrl: 'http://example.com/',
  mediaType: 'video/mp4',
  durationSeconds: 1,
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  createdAt: Date.now(),
  expiresAt: null,
})

function openStream(url, onEvent) {
  let opened
  let over
  const asked = get(url, { agent: false }, (response) => {
    let rest = ''
    response.setEncoding('utf8')
    response.on('data', (part) => {
      const blocks = (rest + part).split('\n\n')
      rest = blocks.pop()
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
        if (fields.data !== undefined) onEvent({ name: fields.event, data: fields.data })
      }
      opened?.resolve()
    })
    response.on('error', () => {})
    response.on('close', () => over.resolve())
  })
  asked.on('error', (error) => opened.reject(error))
  opened = deferred()
  over = deferred()
  return { opened: opened.promise, over: over.promise, leave: () => asked.destroy() }
}

function deferred() {
  const made = {}
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  // Whoever waits hears of it; nobody has to.
  made.promise.catch(() => {})
  return made
}
