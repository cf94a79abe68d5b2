/** A link to the events of one job works without headers, for this job, for an hour, and for nothing else. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, type GatewayOptions, useApi } from './api-rig.ts'
import { readEvents } from './event-reader.ts'

const rig = useApi()
/** Not about outages: a machine that is busy with other tests must not look like one. */
const gatewayOf = (options: GatewayOptions = {}) => rig.gateway({ redisTimeoutMs: 10_000, ...options })
const HOUR_MS = 3_600_000

async function linkTo(gateway: Gateway): Promise<{ id: string; url: string; expires_at: string }> {
  const { job_id: id } = (await gateway.post('/api/video-scraper/info', { url: 'https://example.com/video' })).json()
  const reply = await gateway.post(`/api/video-scraper/job/${id}/events/link`, {})
  expect(reply.statusCode).toBe(201)
  return { id, ...reply.json() }
}

test('whoever has the link follows the job to its end, on any gateway', async () => {
  const [one, other] = [await gatewayOf(), await gatewayOf()]
  const { id, url } = await linkTo(one)
  expect(url).toMatch(new RegExp(`^/api/video-scraper/events/${id}\\?token=[\\w.-]+$`))
  const reader = await readEvents(`${await other.origin()}${url}`)
  rig.afterwards(reader.leave)
  await eventually(() => expect(reader.events).toHaveLength(1))
  await one.post(`/api/video-scraper/job/${id}/cancel`, {})
  expect(await reader.ended).toBe(true)
  expect(reader.events.at(-1)).toMatchObject({ name: 'end', data: { job_id: id, status: 'cancelled' } })
})

test('it says when it expires, and is 403 from then on', async () => {
  let now = Date.now()
  const gateway = await gatewayOf({ now: () => now })
  const { url, expires_at: expiresAt } = await linkTo(gateway)
  expect(Date.parse(expiresAt)).toBeGreaterThan(now + HOUR_MS - 1001)
  expect(Date.parse(expiresAt)).toBeLessThanOrEqual(now + HOUR_MS)
  now += HOUR_MS
  expect((await gateway.get(url)).json()).toMatchObject({ status_code: 403, code: 'link_expired' })
})

test('it is worth nothing for another job, changed, or left out', async () => {
  const gateway = await gatewayOf()
  const [first, second] = [await linkTo(gateway), await linkTo(gateway)]
  const token = first.url.split('token=')[1] ?? ''
  const at = (id: string, given: string) => gateway.get(`/api/video-scraper/events/${id}?token=${given}`)
  for (const reply of [await at(second.id, token), await at(first.id, `${token}A`), await at(first.id, 'v1...')]) {
    expect(reply.json()).toMatchObject({ status_code: 403, code: 'link_invalid' })
  }
  expect((await gateway.get(`/api/video-scraper/events/${first.id}`)).statusCode).toBe(400)
})

test('with BASE_PATH and PUBLIC_URL it is the whole address', async () => {
  const gateway = await gatewayOf({ basePath: '/video', publicUrl: 'https://example.org' })
  const info = await gateway.post('/video/api/video-scraper/info', { url: 'https://example.com/video' })
  const { job_id: id } = info.json()
  const { url } = (await gateway.post(`/video/api/video-scraper/job/${id}/events/link`, {})).json()
  expect(url).toMatch(new RegExp(`^https://example\\.org/video/api/video-scraper/events/${id}\\?token=`))
})

test('there is a link only to what one may see: the same 404 for malformed and unknown ids', async () => {
  const gateway = await gatewayOf()
  for (const id of ['nonsense', `download_${'0'.repeat(32)}`]) {
    expect((await gateway.post(`/api/video-scraper/job/${id}/events/link`, {})).statusCode).toBe(404)
  }
})

test('the token is in no line of the log', async () => {
  const gateway = await gatewayOf()
  const { url, id } = await linkTo(gateway)
  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  await gateway.app.inject({ url })
  await eventually(() => expect(JSON.stringify(gateway.log)).toContain(`/api/video-scraper/events/${id}`))
  expect(JSON.stringify(gateway.log)).not.toContain('token=')
})
