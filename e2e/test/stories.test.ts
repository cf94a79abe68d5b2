/** The stories that everybody lives through: what is this video, give me the file, no, stop. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { descendantsOf, eventually, startWebhookReceiver, type WebhookReceiver } from '@video-scraper/testkit'
import { Webhook } from 'standardwebhooks'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

let scene: Surroundings
let receiver: WebhookReceiver
beforeAll(async () => {
  receiver = await startWebhookReceiver()
  scene = await setTheScene(WITHOUT_MEMORY, [receiver.target])
}, 150_000)
afterAll(async () => {
  await scene?.stop()
  await receiver?.stop()
})

test('the service says that it is operational', async () => {
  const { body } = await scene.client.get('/api/status')
  expect(body).toMatchObject({ service: 'TechSaaS Video Scraper', version: '1.0.0', status: 'operational' })
})

test('the workers publish the platforms that their yt-dlp knows', async () => {
  await eventually(
    async () => {
      const { body } = await scene.client.get('/api/video-scraper/platforms')
      const platforms = body as unknown as { name: string; domain: string }[]
      expect(platforms.length).toBeGreaterThan(500)
      expect(platforms.slice(0, 3).map(({ domain }) => domain)).toEqual(['youtube.com', 'vimeo.com', 'dailymotion.com'])
    },
    { timeoutMs: 50_000 },
  )
})

test('an info job tells what the video is', async () => {
  const id = await scene.client.info(scene.site.url('/jsonld'))
  const job = await scene.client.ended(id)
  expect(job).toMatchObject({ job_id: id, status: 'completed', attempts: 1 })
  expect(job.video_info).toMatchObject({ title: 'A described video', uploader: 'The test kit', duration: 3 })
})

test.each([
  ['a plain file', '/video.mp4'],
  ['a page', '/page'],
  ['HLS with separate sound', '/hls/master.m3u8'],
  ['DASH', '/dash/manifest.mpd'],
])('a download of %s becomes a file whose digest is the one that is reported', async (_name, path) => {
  const id = await scene.client.download(scene.site.url(path))
  const download = await scene.client.ended(id)
  expect(download).toMatchObject({ status: 'completed', download_id: id })
  const response = await fetch(`${scene.gateway.origin}${download.download_url}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.length).toBe(download.size_bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(download.sha256)
  expect(response.headers.get('content-type')).toMatch(/^video\//)
  expect(response.headers.get('content-disposition')).toContain('attachment')

  const list = (await scene.client.get('/api/video-scraper/downloads')).body as unknown as { filename: string }[]
  expect(list.map(({ filename }) => filename)).toContain(download.filename)
})

test('progress is seen within a second, and never falls', async () => {
  const id = await scene.client.download(scene.site.url('/big.mp4', { bytes: '6000000', rate: '1000000' }))
  const seen: { at: number; progress: number; heartbeat: number }[] = []
  await eventually(
    async () => {
      const body = await scene.client.downloadStatus(id)
      if (body.status === 'in_progress' && body.heartbeat_at !== null) {
        seen.push({ at: Date.now(), progress: Number(body.progress), heartbeat: Date.parse(String(body.heartbeat_at)) })
      }
      return body.status === 'completed'
    },
    { timeoutMs: 30_000, everyMs: 100 },
  )
  const downloading = seen.filter(({ progress }) => progress > 0.1 && progress < 0.9)
  expect(downloading.length).toBeGreaterThan(5)
  expect(seen.map(({ progress }) => progress)).toEqual(seen.map(({ progress }) => progress).toSorted((a, b) => a - b))
  const ages = downloading.map(({ at, heartbeat }) => at - heartbeat).toSorted((a, b) => a - b)
  // Not stuck at the start. How old it is at most is measured where nothing else runs (bench: freshness).
  expect(ages[Math.floor(ages.length * 0.9)]).toBeLessThan(4000)
})

test('a failed download says why in words and in a code, and holds nothing of the inside', async () => {
  const id = await scene.client.download(scene.site.url('/status/404.mp4'))
  const download = await scene.client.ended(id)
  expect(download).toMatchObject({ status: 'failed', code: 'video_unavailable', retryable: false })
  expect(download.error).toBe('Download failed: Video unavailable. It was removed, or it never existed.')
  expect(JSON.stringify(download)).not.toMatch(/Traceback|\/data|\/tmp|yt-dlp|127\.0\.0\.1:\d+@/)
})

test('a source that limits requests is left alone for as long as it says', async () => {
  const asked = Date.now()
  const id = await scene.client.info(scene.site.url('/status/429', { 'retry-after': '300' }))
  const job = await eventually(
    async () => {
      const status = await scene.client.infoStatus(id)
      expect(status).toMatchObject({ status: 'processing', attempts: 1, last_error: { code: 'rate_limited' } })
      return status
    },
    { timeoutMs: 50_000 },
  )
  expect(Date.parse(String(job.next_attempt_at)) - asked).toBeGreaterThanOrEqual(300_000)
  await scene.client.cancel(id)
})

test('an address inside is not fetched, and the answer does not say where it leads', async () => {
  const id = await scene.client.info('http://localhost:6379/')
  const job = await scene.client.ended(id)
  expect(job).toMatchObject({ status: 'failed', code: 'blocked_target' })
  expect(String(job.error)).not.toMatch(/127\.|::1/)
})

test('cancelling a running download ends its processes and its files, and it stays cancelled', async () => {
  const { client, site, stack, worker } = scene
  const id = await client.download(site.url('/slow.mp4', { rate: '20000' }))
  await eventually(async () => Number((await client.downloadStatus(id)).downloaded_bytes) > 0, { timeoutMs: 50_000 })
  expect(descendantsOf(worker.pid).length).toBeGreaterThan(0)

  const answer = await client.cancel(id)
  expect(answer).toMatchObject({ status: 200, body: { job_id: id, status: 'cancelled' } })
  expect((await client.downloadStatus(id)).status).toBe('cancelled')
  expect((await client.cancel(id)).status).toBe(200)
  await eventually(
    async () => {
      expect(descendantsOf(worker.pid).filter(({ commandLine }) => commandLine.includes('runner'))).toEqual([])
      expect(await readdir(join(stack.dataDir, 'work'))).not.toContain(id)
    },
    { timeoutMs: 50_000 },
  )
  expect((await client.downloadStatus(id)).status).toBe('cancelled')
})

test('a finished job cannot be cancelled', async () => {
  const id = await scene.client.info(scene.site.url('/video.mp4'))
  await scene.client.ended(id)
  expect(await scene.client.cancel(id)).toMatchObject({ status: 409, body: { code: 'job_already_finished' } })
})

test('a failed download can be tried again as a new job', async () => {
  const id = await scene.client.download(scene.site.url('/status/410.mp4'))
  await scene.client.ended(id)
  const again = await scene.client.post(`/api/video-scraper/job/${id}/retry`)
  expect(again).toMatchObject({ status: 202, body: { status: 'download_started', retry_of: id } })
  expect(await scene.client.ended(String(again.body.download_id))).toMatchObject({ status: 'failed', retry_of: id })
})

test('whoever registered is notified of a completed download, signed, with exactly what GET answers', async () => {
  const body = { callback_url: receiver.url, events: ['download_complete'] }
  const { status, body: webhook } = await scene.client.post('/api/video-scraper/webhooks/register', body)
  expect([status, webhook.status]).toEqual([201, 'active'])
  const id = await scene.client.download(scene.site.url('/video.mp4'))
  const download = await scene.client.ended(id)
  const [message] = await eventually(() => receiver.received().length > 0 && receiver.received(), { timeoutMs: 20_000 })
  const event = new Webhook(String(webhook.secret)).verify(
    message?.text ?? '',
    (message?.headers ?? {}) as Record<string, string>,
  )
  expect(event).toMatchObject({ type: 'download_complete', sequence: 1, timestamp: download.finished_at })
  expect((event as { data: object }).data).toEqual(download)
})
