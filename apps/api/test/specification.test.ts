/** The requests and answers of the specification, word for word: keys, their order, types, texts and status words. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, PLATFORM_SNAPSHOT, useApi } from './api-rig.ts'
import { startWorker, videoInfo } from './trivial-worker.ts'

const rig = useApi()
const URL = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The documented keys lead, in the documented order. */
const expectKeys = (reply: object, keys: string[]) => expect(Object.keys(reply).slice(0, keys.length)).toEqual(keys)

const startInfo = async ({ post }: Gateway): Promise<string> =>
  (await post('/api/video-scraper/info', { url: URL })).json().job_id

const infoOf = async ({ get }: Gateway, id: string) => (await get(`/api/video-scraper/job/${id}`)).json()

/** Asks until the job has ended, as a client does. */
const ended = (look: () => Promise<{ status: string }>) =>
  eventually(async () => {
    const reply = await look()
    return /^(processing|in_progress)$/.test(reply.status) ? (false as const) : reply
  })

test('GET /api/status without a worker: service, version, status', async () => {
  const { get } = await rig.standing()
  const reply = (await get('/api/status')).json()
  expectKeys(reply, ['service', 'version', 'status'])
  expect(reply).toEqual({
    service: 'TechSaaS Video Scraper',
    version: '1.0.0',
    status: 'degraded',
    queue: 'reachable',
    workers: 'none',
  })
})

test('GET /api/status with a worker is operational', async () => {
  const { get, redis } = await rig.standing()
  await redis.set('{video-scraper}:worker-heartbeat', 'worker-1')
  expect((await get('/api/status')).json()).toMatchObject({ status: 'operational', workers: 'alive' })
})

test('GET /api/status tells what a worker found out about its yt-dlp', async () => {
  const { get, redis } = await rig.standing()
  const engine = {
    ok: false,
    checked_at: '2026-05-01T12:34:50.000Z',
    failed_checks: ['impersonation'],
    ytdlp_version: '2026.10.26',
    ytdlp_age_days: 34,
    curl_cffi_version: null,
    deno_version: '2.9.8',
    ffmpeg_version: 'n9.0.2',
  }
  await redis.set('{video-scraper}:engine-check', JSON.stringify(engine))
  expect((await get('/api/status')).json()).toMatchObject({ engine })
})

test('GET /platforms is an array of name, domain and support_level: the workers’ list, or the snapshot before that', async () => {
  const { get, redis } = await rig.standing()
  const path = '/api/video-scraper/platforms'
  expect((await get(path)).json()).toEqual(PLATFORM_SNAPSHOT)
  const platforms = [{ name: 'Vimeo', domain: 'vimeo.com', support_level: 'partial', reason: 'Some.' }]
  await redis.set('{video-scraper}:platforms', JSON.stringify({ ytdlpVersion: '2026.01.01', platforms }))
  expect((await get(path)).json()).toEqual(platforms)
})

test('POST /info answers 202 with job_id, status and message, and says where and when to look', async () => {
  const { post } = await rig.standing()
  const reply = await post('/api/video-scraper/info', { url: URL })
  expect(reply.statusCode).toBe(202)
  const body = reply.json()
  expect(Object.keys(body)).toEqual(['job_id', 'status', 'message'])
  expect(body).toMatchObject({ status: 'processing', message: 'Video information extraction in progress' })
  expect(body.job_id).toMatch(UUID)
  expect(reply.headers.location).toBe(`/api/video-scraper/job/${body.job_id}`)
  expect(reply.headers['retry-after']).toBe('1')
})

test('GET /job of a waiting job: processing, 0, Queued', async () => {
  const gateway = await rig.standing()
  const id = await startInfo(gateway)
  const reply = await infoOf(gateway, id)
  expectKeys(reply, ['job_id', 'status', 'progress', 'message'])
  expect(reply).toMatchObject({ job_id: id, status: 'processing', progress: 0, message: 'Queued', attempts: 0 })
})

test('GET /job of a running job: processing, its progress, "Extracting video info..."', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async (job) => {
      const quiet = { downloadedBytes: null, totalBytes: null, bytesPerSecond: null, etaSeconds: null }
      job.report({ fraction: 0.45, phase: 'extracting', heartbeatAt: Date.now(), ...quiet })
      await new Promise(() => undefined)
    },
  })
  const id = await startInfo(gateway)
  await eventually(async () =>
    expect(await infoOf(gateway, id)).toMatchObject({
      job_id: id,
      status: 'processing',
      progress: 0.45,
      message: 'Extracting video info...',
      attempts: 1,
    }),
  )
})

test('GET /job of a completed job holds video_info with the documented keys first', async () => {
  const gateway = await rig.standing()
  await startWorker(rig)
  const id = await startInfo(gateway)
  const reply = await ended(() => infoOf(gateway, id))
  expectKeys(reply, ['job_id', 'status', 'video_info'])
  expect(reply).toMatchObject({ job_id: id, status: 'completed', video_info: videoInfo })
  const { video_info: info } = reply as unknown as { video_info: { formats: object[] } }
  expectKeys(info, ['title', 'uploader', 'duration', 'thumbnail', 'webpage_url', 'formats'])
  expectKeys(info.formats[0] ?? {}, ['format_id', 'format_note', 'ext', 'filesize'])
})

test('GET /job of a failed job is a 200 whose error begins "Unable to extract video information: "', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async () => {
      throw new JobFailure('video_unavailable', { cause: new Error('/srv/secret: 10.0.0.7 refused') })
    },
  })
  const id = await startInfo(gateway)
  const reply = await ended(() => infoOf(gateway, id))
  expectKeys(reply, ['job_id', 'status', 'error'])
  expect(reply).toMatchObject({ status: 'failed', code: 'video_unavailable', retryable: false })
  expect(reply).toHaveProperty(
    'error',
    'Unable to extract video information: Video unavailable. It was removed, or it never existed.',
  )
  expect(JSON.stringify(reply)).not.toMatch(/secret|10\.0\.0\.7/)
})

test('POST /job/{id}/cancel: job_id, cancelled, "Job cancelled successfully"; the job says cancelled from then on', async () => {
  const gateway = await rig.standing()
  const id = await startInfo(gateway)
  const reply = await gateway.ask({ method: 'POST', url: `/api/video-scraper/job/${id}/cancel` })
  expect(reply.statusCode).toBe(200)
  expect(Object.keys(reply.json())).toEqual(['job_id', 'status', 'message'])
  expect(reply.json()).toEqual({ job_id: id, status: 'cancelled', message: 'Job cancelled successfully' })
  expect(await infoOf(gateway, id)).toMatchObject({ status: 'cancelled', finished_at: expect.any(String) })
})

test('an error is error and status_code, and code and retryable besides', async () => {
  const { post } = await rig.standing()
  const reply = (await post('/api/video-scraper/info', { url: 'ftp://example.com/' })).json()
  expectKeys(reply, ['error', 'status_code', 'code', 'retryable'])
  expect(reply).toMatchObject({ status_code: 400, code: 'invalid_url', retryable: false })
})

test('health: live and ready are ok', async () => {
  const { get } = await rig.standing()
  expect((await get('/health/live')).json()).toEqual({ status: 'ok' })
  expect((await get('/health/ready')).json()).toEqual({ status: 'ok' })
})
