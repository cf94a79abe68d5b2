/**
 * What an earlier build left behind is read and finished by this one: jobs in every state, files with their sidecars, webhooks,
 * keys and Idempotency-Keys. That build was run once, by `e2e/upgrade/record.mjs`.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { eventually, type Gateway } from '@video-scraper/testkit'
import { Webhook } from 'standardwebhooks'
import { type Client, clientOf } from './client.ts'
import { leftBehind, restoreLeftBehind, type UpgradeScene } from './upgrade/left-behind.ts'

const API = '/api/video-scraper'
const UNFINISHED = new Set(['processing', 'in_progress'])
const { answered, keys, jobs } = leftBehind

let scene: UpgradeScene
let gateway: Gateway
let client: Client
beforeAll(async () => {
  scene = await restoreLeftBehind()
  gateway = await scene.stack.startGateway()
  client = clientOf(gateway.origin, { authorization: `Bearer ${keys.good}` })
}, 120_000)
afterAll(() => scene?.stop())

const names = Object.keys(jobs)
const isUnfinished = (name: string) => UNFINISHED.has(String(answered.statuses[name]?.status))
const statusOf = async (id: string) => (await client.get(`${API}/job/${id}`)).body
const webhook = (name: string) => answered.webhooks[name] ?? {}

/** What was said of a job that has ended is said still. Texts and what was added since may differ. */
const lasting = ({ next_step: _, warnings: __, ...status }: Record<string, unknown>) => status

test.each(names.filter((name) => !isUnfinished(name)))('%s: its status is what it was', async (name) => {
  expect(await statusOf(jobs[name] ?? '')).toMatchObject(lasting(answered.statuses[name] ?? {}))
})

test.each(names.filter(isUnfinished))('%s: before a worker comes, it is still under way', async (name) => {
  const { status, url, created_at } = answered.statuses[name] ?? {}
  expect(await statusOf(jobs[name] ?? '')).toMatchObject({ status, url, created_at })
})

test('lists hold all of it, in the same order', async () => {
  const idsOf = (list: unknown) => (list as { jobs: { id: string }[] }).jobs.map(({ id }) => id)
  const { body } = await client.get(`${API}/jobs?limit=200`)
  expect(idsOf(body).length).toBeGreaterThan(names.length)
  expect(idsOf(body)).toEqual(idsOf(answered.lists.jobs))
  expect((await client.get(`${API}/downloads`)).body).toMatchObject(answered.lists.downloads)
})

test('a file is sent as it was, and its link of before leads to it', async () => {
  const { download_url, sha256, size_bytes } = answered.statuses.completedDownload ?? {}
  const response = await fetch(`${gateway.origin}${download_url}`, {
    headers: { authorization: `Bearer ${keys.good}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.length).toBe(size_bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
})

test('a key that was good is good, and one that was revoked or rotated is refused', async () => {
  const status = async (key: string) =>
    (await clientOf(gateway.origin, { authorization: `Bearer ${key}` }).get(`${API}/jobs`)).status
  expect([await status(keys.good), await status(keys.rotated)]).toEqual([200, 200])
  expect([await status(keys.revoked), await status(keys.before)]).toEqual([401, 401])
})

test.each(Object.keys(answered.repeats))('a repeat of %s under its Idempotency-Key makes nothing', async (name) => {
  const { path, sent, key, body } = answered.repeats[name] ?? { path: '', sent: {}, key: '', body: {} }
  const repeat = (change: object) =>
    fetch(`${gateway.origin}${API}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.good}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ ...sent, ...change }),
    })
  const again = await repeat({})
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true'])
  expect(await again.json()).toEqual(body)
  expect((await repeat({ fresh: true })).status).toBe(422)
})

test('webhooks are registered as they were, with the log of their deliveries', async () => {
  for (const name of Object.keys(answered.webhooks)) {
    const { webhook_id, callback_url, events, status, deliveries, secret: _, ...others } = webhook(name)
    const path = `${API}/webhooks/${webhook_id}`
    expect((await client.get(path)).body).toMatchObject({ webhook_id, callback_url, events, status, ...others })
    expect((await client.get(`${path}/deliveries`)).body).toMatchObject({ deliveries })
  }
})

test('a worker of today finishes all that was unfinished', async () => {
  await scene.stack.startWorker()
  const ended = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await client.ended(jobs[name] ?? '', 80_000)])),
  ) as Record<string, Record<string, unknown>>
  for (const name of [
    'waitingInfo',
    'delayedInfo',
    'waitingWithCallback',
    'interruptedDownload',
    'waitingFreshDownload',
  ])
    expect([name, ended[name]]).toMatchObject([name, { status: 'completed' }])
  expect(ended.waitingFormat).toMatchObject({ status: 'failed', code: 'format_unavailable' })
  expect(ended.retried).toMatchObject({ status: 'failed', code: 'video_unavailable', retry_of: jobs.failedInfo })
  expect(ended.waitingInfo?.video_info).toMatchObject({ title: 'A described video' })
  // What the killed attempt had fetched is not fetched again.
  expect(ended.interruptedDownload).toMatchObject({ size_bytes: 200_000 })
  expect(ended.interruptedDownload?.sha256).toBe(await scene.site.largeVideoDigest(200_000))
  expect(scene.site.requests('/big.mp4').map(({ headers }) => headers.range)).toContainEqual(
    expect.stringMatching(/^bytes=[1-9]\d{4,}-/),
  )
}, 120_000)

test('receivers get the events of what ended before and after, signed as they expect it', async () => {
  const eventsAt = (path: string, secret: unknown) =>
    scene.receiver
      .received()
      .filter((each) => each.path === path)
      .map(({ text, headers }) => {
        const { type, data } = new Webhook(String(secret)).verify(text, headers as Record<string, string>) as {
          type: string
          data: Record<string, string>
        }
        return `${type} ${data.download_id ?? data.job_id}`
      })
  const { waitingWithCallback, waitingInfo, cancelledInfo, waitingFormat, interruptedDownload } = jobs
  await eventually(() => {
    expect(eventsAt('/active', webhook('active').secret)).toEqual(
      expect.arrayContaining([
        `job_cancelled ${cancelledInfo}`,
        `job_complete ${waitingInfo}`,
        `download_failed ${waitingFormat}`,
        `download_complete ${interruptedDownload}`,
      ]),
    )
    expect(eventsAt('/callback', answered.callbackSecret)).toEqual([`job_complete ${waitingWithCallback}`])
    return true
  })
  expect(eventsAt('/paused', webhook('paused').secret)).toEqual([])
  const { body } = await client.post(`${API}/webhooks/${webhook('failing').webhook_id}/deliveries/replay`, {
    status: 'pending',
  })
  expect(body).toMatchObject({ status: 'pending' })
  await eventually(() => {
    expect(eventsAt('/failing', webhook('failing').secret)).toContain(`job_complete ${jobs.completedInfo}`)
    return true
  })
})

test('nothing is left over: no unfinished job, no place, no work folder', async () => {
  const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
  try {
    const names = await redis.keys('*')
    expect(
      names.filter((name) => /:(places|unfinished):|:(info|download):(wait|active|delayed|prioritized)$/.test(name)),
    ).toEqual([])
  } finally {
    redis.disconnect()
  }
  expect(readdirSync(join(scene.stack.dataDir, 'work'))).toEqual([])
})

test('a file of before can be removed, and a failed job be tried again', async () => {
  const { filename } = answered.statuses.completedDownload ?? {}
  const removed = await fetch(`${gateway.origin}${API}/download/${filename}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${keys.good}` },
  })
  expect(removed.status).toBe(204)
  expect(existsSync(join(scene.stack.dataDir, 'library', String(filename)))).toBe(false)
  expect(await statusOf(jobs.completedDownload ?? '')).toMatchObject({ status: 'completed', expired: true })
  const retried = await client.post(`${API}/job/${jobs.failedDownload}/retry`)
  expect(retried).toMatchObject({ status: 202, body: { retry_of: jobs.failedDownload } })
})
