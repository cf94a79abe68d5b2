/** Answers that were cached: how a client asks for them or not, and how it is notified. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { downloadId, publishFile, startWorker, videoInfo } from './trivial-worker.ts'

const rig = useApi()
const BASE = '/api/video-scraper'
const url = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'

const completed = (gateway: Gateway, path: string) =>
  eventually(async () => {
    const body = (await gateway.get(`${BASE}${path}`)).json()
    if (body.status !== 'completed') throw new Error(`It is ${body.status}.`)
    return body
  })
const infoOf = async (gateway: Gateway) => {
  const { job_id: id } = (await gateway.post(`${BASE}/info`, { url })).json()
  return completed(gateway, `/job/${id}`)
}

test.each([true, false])(
  'an info job says when the source was asked, and whether that was before (%s)',
  async (cached) => {
    const gateway = await rig.gateway()
    await startWorker(rig, { info: { ...videoInfo, origin: { cached, extractedAt: Date.UTC(2026, 4, 1) } } })
    const body = await infoOf(gateway)
    expect(body).toMatchObject({ video_info: videoInfo, cached, extracted_at: '2026-05-01T00:00:00.000Z' })
    expect(body.video_info).not.toHaveProperty('origin')
  },
)

test('a result of an earlier release counts as asked for when the job ended', async () => {
  const gateway = await rig.gateway()
  await startWorker(rig)
  const body = await infoOf(gateway)
  expect(body.video_info).toEqual(videoInfo)
  expect(body).toMatchObject({ cached: false, extracted_at: body.finished_at })
})

test('a download that was answered by an earlier file names it with its own times, and both expire together', async () => {
  const expiresAt = Date.now() + 3_600_000
  const jobId = downloadId('c')
  const known = await publishFile(rig, { jobId, expiresAt })
  let now = Date.now
  const gateway = await rig.gateway({ now: () => now() })
  await startWorker(rig, { known })
  const { download_id: id } = (await gateway.post(`${BASE}/download`, { url })).json()
  const body = await completed(gateway, `/status/${id}`)
  expect(body).toMatchObject({
    download_id: id,
    filename: known.filename,
    size_bytes: known.sizeBytes,
    download_url: `${BASE}/download/${known.filename}`,
    sha256: known.sha256,
    expires_at: new Date(expiresAt).toISOString(),
    expired: false,
    cached: true,
  })
  expect((await gateway.get(body.download_url)).statusCode).toBe(200)
  now = () => expiresAt
  expect(await completed(gateway, `/status/${id}`)).toMatchObject({ expired: true })
  const gone = await gateway.get(body.download_url)
  expect([gone.statusCode, gone.json().code]).toEqual([404, 'file_expired'])
})

test('a download that fetched its file says so', async () => {
  const gateway = await rig.gateway()
  await startWorker(rig)
  const { download_id: id } = (await gateway.post(`${BASE}/download`, { url })).json()
  expect(await completed(gateway, `/status/${id}`)).toMatchObject({ cached: false })
})

test.each(['/info', '/download'])('POST %s takes "fresh" as a boolean, and a retry keeps it', async (path) => {
  const gateway = await rig.gateway()
  for (const fresh of ['true', 1, null]) {
    const refused = await gateway.post(`${BASE}${path}`, { url, fresh })
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'invalid_request'])
  }
  const idOf = (body: { job_id?: string; download_id?: string }) => String(body.job_id ?? body.download_id)
  for (const [body, fresh] of [
    [{ url }, false],
    [{ url, fresh: false }, false],
    [{ url, fresh: true }, true],
  ] as const) {
    const accepted = await gateway.post(`${BASE}${path}`, body)
    expect(accepted.statusCode).toBe(202)
    const id = idOf(accepted.json())
    expect((await gateway.jobs.find(id))?.envelope.fresh).toBe(fresh)
    expect((await gateway.post(`${BASE}/job/${id}/cancel`, undefined)).statusCode).toBe(200)
    const again = await gateway.post(`${BASE}/job/${id}/retry`, undefined)
    expect((await gateway.jobs.find(idOf(again.json())))?.envelope.fresh).toBe(fresh)
  }
})
