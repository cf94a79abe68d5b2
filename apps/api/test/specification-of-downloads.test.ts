/** The requests and answers of the specification that are about downloads and files, word for word. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { downloadId, publishFile, startWorker } from './trivial-worker.ts'

const rig = useApi()
const URL = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'

/** The documented keys lead, in the documented order. */
const expectKeys = (reply: object, keys: string[]) => expect(Object.keys(reply).slice(0, keys.length)).toEqual(keys)

const startDownload = async ({ post }: Gateway): Promise<string> =>
  (await post('/api/video-scraper/download', { url: URL, format_id: '22' })).json().download_id

const downloadOf = async ({ get }: Gateway, id: string) => (await get(`/api/video-scraper/status/${id}`)).json()

/** Asks until the job has ended, as a client does. */
const ended = (look: () => Promise<{ status: string }>) =>
  eventually(async () => {
    const reply = await look()
    return /^(processing|in_progress)$/.test(reply.status) ? (false as const) : reply
  })

test('POST /download answers 202 with status, download_id and message', async () => {
  const { post } = await rig.standing()
  const reply = await post('/api/video-scraper/download', { url: URL, format_id: '22' })
  expect(reply.statusCode).toBe(202)
  const body = reply.json()
  expect(Object.keys(body)).toEqual(['status', 'download_id', 'message'])
  expect(body).toMatchObject({
    status: 'download_started',
    message: 'Download started in background. Check status with the download ID.',
  })
  expect(body.download_id).toMatch(/^download_[0-9a-f]{32}$/)
  expect(reply.headers.location).toBe(`/api/video-scraper/status/${body.download_id}`)
})

test('GET /status of a queued download: in_progress, 0, Queued', async () => {
  const gateway = await rig.standing()
  const reply = await downloadOf(gateway, await startDownload(gateway))
  expectKeys(reply, ['status', 'progress', 'status_message'])
  expect(reply).toMatchObject({ status: 'in_progress', progress: 0, status_message: 'Queued', format_id: '22' })
})

test('GET /status of a running download: "Downloading: 45% complete"', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async (job) => {
      const bytes = { downloadedBytes: 45, totalBytes: 100, bytesPerSecond: 9.5, etaSeconds: 6 }
      job.report({ fraction: 0.459, phase: 'downloading', heartbeatAt: Date.now(), ...bytes })
      await new Promise(() => undefined)
    },
  })
  const id = await startDownload(gateway)
  await eventually(async () =>
    expect(await downloadOf(gateway, id)).toMatchObject({
      status: 'in_progress',
      progress: 0.459,
      status_message: 'Downloading: 45% complete',
      phase: 'downloading',
      downloaded_bytes: 45,
      total_bytes: 100,
    }),
  )
})

test('GET /status of a completed download names the file, its size and where it is', async () => {
  const gateway = await rig.standing()
  await startWorker(rig)
  const id = await startDownload(gateway)
  const reply = await ended(() => downloadOf(gateway, id))
  expectKeys(reply, ['status', 'filename', 'size_bytes', 'download_url'])
  const filename = `never-gonna-give-you-up-${id.slice('download_'.length)}.mp4`
  const download_url = `/api/video-scraper/download/${filename}`
  expect(reply).toMatchObject({ status: 'completed', filename, size_bytes: 13, download_url, expired: false })
  const file = await gateway.get(download_url)
  expect([file.statusCode, file.body]).toEqual([200, 'a small video'])
})

test('GET /status of a failed download is a 200 whose error begins "Download failed: "', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async () => {
      throw new JobFailure('private_video')
    },
  })
  const id = await startDownload(gateway)
  const reply = await ended(() => downloadOf(gateway, id))
  expectKeys(reply, ['status', 'error'])
  expect(reply).toMatchObject({ status: 'failed', error: 'Download failed: The video is private.' })
})

test('GET /downloads is an array of filename, size_bytes, created and url', async () => {
  const gateway = await rig.standing()
  const createdAt = Date.UTC(2025, 4, 1, 12, 34, 56, 789)
  const { filename } = await publishFile(rig, { jobId: downloadId('1'), createdAt })
  const [entry, ...more] = (await gateway.get('/api/video-scraper/downloads')).json()
  expect(more).toEqual([])
  expectKeys(entry, ['filename', 'size_bytes', 'created', 'url'])
  expect(entry).toMatchObject({
    filename,
    size_bytes: 13,
    created: '2025-05-01T12:34:56',
    url: `/api/video-scraper/download/${filename}`,
    created_at: '2025-05-01T12:34:56.789Z',
  })
})
