/** DELETE of a job: it goes with all that it left, and only when nobody works on it any more. */
import { readdir } from 'node:fs/promises'
import { expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { publishFile, startWorker } from './trivial-worker.ts'

jest.setTimeout(60_000)
const rig = useApi()
const JOBS = '/api/video-scraper/jobs'
const url = 'https://example.com/video'
const statusPath = (id: string) => `/api/video-scraper/${id.startsWith('download_') ? 'status' : 'job'}/${id}`
const remove = ({ ask }: Gateway, id: string) => ask({ method: 'DELETE', url: `/api/video-scraper/job/${id}` })

async function made({ post }: Gateway, kind: 'info' | 'download'): Promise<string> {
  const { job_id, download_id } = (await post(`/api/video-scraper/${kind}`, { url })).json()
  return job_id ?? download_id
}
async function ended(gateway: Gateway, kind: 'info' | 'download'): Promise<string> {
  const id = await made(gateway, kind)
  await eventually(async () => expect((await gateway.get(statusPath(id))).json().status).toBe('completed'))
  return id
}
/** The names of all keys that say the id, and the sets that hold it. */
async function tracesOf(id: string): Promise<string[]> {
  const redis = await rig.workerConnection()
  const found: string[] = []
  for (const key of await redis.keys('*')) {
    if (key.includes(id)) found.push(key)
    if ((await redis.type(key)) === 'zset' && (await redis.zscore(key, id)) !== null) found.push(key)
    if ((await redis.type(key)) === 'list' && (await redis.lrange(key, 0, -1)).includes(id)) found.push(key)
  }
  return found
}

test('a removed download is gone from status, list, library and index, with its links, and no key in Redis names it', async () => {
  const gateway = await rig.standing()
  await startWorker(rig)
  const id = await ended(gateway, 'download')
  const { filename } = (await gateway.get(statusPath(id))).json()
  const link = (await gateway.post(`/api/video-scraper/download/${filename}/link`, {})).json().url
  expect((await gateway.get(link)).statusCode).toBe(200)

  const reply = await remove(gateway, id)
  expect([reply.statusCode, reply.body]).toEqual([204, ''])
  for (const path of [statusPath(id), link, `/api/video-scraper/download/${filename}`, `${statusPath(id)}/files.zip`])
    expect((await gateway.get(path)).statusCode).toBe(404)
  expect((await gateway.get(JOBS)).json().jobs).toEqual([])
  expect((await gateway.get('/api/video-scraper/downloads')).json()).toEqual([])
  expect((await readdir(rig.libraryPath)).filter((name) => name.startsWith(filename))).toEqual([])
  // Its events: nobody wanted to hear of this one.
  expect(await tracesOf(id)).toEqual([])
  expect((await remove(gateway, id)).json()).toMatchObject({ status_code: 404, code: 'not_found' })
})

test('a removed info job is gone, and others stay', async () => {
  const gateway = await rig.standing()
  await startWorker(rig)
  const [id, other] = [await ended(gateway, 'info'), await ended(gateway, 'info')]
  expect((await remove(gateway, id)).statusCode).toBe(204)
  expect(await tracesOf(id)).toEqual([])
  expect((await gateway.get(JOBS)).json().jobs).toMatchObject([{ id: other }])
})

test('a job that has not ended is 409 and goes on; once cancelled and drained it can be removed', async () => {
  const gateway = await rig.standing()
  const id = await made(gateway, 'download')
  const refusal = await remove(gateway, id)
  expect(refusal.json()).toMatchObject({ status_code: 409, code: 'job_not_finished' })
  // Waiting does not help here.
  expect(refusal.json().error).toContain('Cancel it first')
  expect(refusal.headers).not.toHaveProperty('retry-after')
  expect((await gateway.get(statusPath(id))).json().status).toBe('in_progress')

  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  // No worker has come to it yet.
  const early = await remove(gateway, id)
  expect([early.statusCode, early.json().code, early.headers['retry-after']]).toEqual([409, 'job_not_finished', '2'])
  expect((await gateway.get(statusPath(id))).json().status).toBe('cancelled')

  await startWorker(rig)
  await eventually(async () => expect((await remove(gateway, id)).statusCode).toBe(204))
  expect(await tracesOf(id)).toEqual([])
})

test('a file of an earlier download stays when a later one that it answered is removed, and goes with its own', async () => {
  const gateway = await rig.standing()
  const first = `download_${'a'.repeat(32)}`
  const known = await publishFile(rig, { jobId: first })
  await startWorker(rig, { known })
  const id = await ended(gateway, 'download')
  expect((await remove(gateway, id)).statusCode).toBe(204)
  expect((await gateway.get(`/api/video-scraper/download/${known.filename}`)).statusCode).toBe(200)
})

test('a repetition finishes what was broken off between the files and the record', async () => {
  const gateway = await rig.standing()
  await startWorker(rig)
  const id = await ended(gateway, 'download')
  const { filename } = (await gateway.get(statusPath(id))).json()
  await gateway.ask({ method: 'DELETE', url: `/api/video-scraper/download/${filename}` })
  expect((await gateway.get(statusPath(id))).json()).toMatchObject({ status: 'completed', expired: true })
  expect((await remove(gateway, id)).statusCode).toBe(204)
  expect(await tracesOf(id)).toEqual([])
})

test('somebody else’s job is the same 404 as one that never was, and stays', async () => {
  const gateway = await rig.gateway({ auth: 'api-key' })
  const keyOf = async (name: string) => {
    const { key } = await gateway.keyRing.create({ name, scopes: ['read', 'write'] })
    return { authorization: `Bearer ${key}` }
  }
  const [own, foreign] = [await keyOf('own'), await keyOf('foreign')]
  await startWorker(rig)
  const id = (await gateway.post('/api/video-scraper/info', { url }, own)).json().job_id
  await eventually(async () => expect((await gateway.get(statusPath(id), own)).json().status).toBe('completed'))
  const ask = (of: string) => gateway.ask({ method: 'DELETE', url: `/api/video-scraper/job/${of}`, headers: foreign })
  const [theirs, never] = [await ask(id), await ask('00000000-0000-4000-8000-000000000000')]
  const plain = ({ request_id: _, ...body }: { request_id?: string }) => body
  expect(plain(theirs.json())).toEqual(plain(never.json()))
  const selection = { created_after: '2000-01-01T00:00:00Z' }
  expect((await gateway.post(`${JOBS}/delete`, selection, foreign)).json().deleted).toEqual([])
  expect((await gateway.get(statusPath(id), own)).statusCode).toBe(200)
})

test('with Redis away nothing is half said: 503, and the job is there when it is back', async () => {
  const gateway = await rig.gateway({ redisTimeoutMs: 300 })
  await startWorker(rig)
  const id = await ended(gateway, 'download')
  rig.server.freeze()
  expect((await remove(gateway, id)).statusCode).toBe(503)
  rig.server.thaw()
  await eventually(async () => expect([204, 404]).toContain((await remove(gateway, id)).statusCode))
  await eventually(async () => expect((await gateway.get(statusPath(id))).statusCode).toBe(404))
})
