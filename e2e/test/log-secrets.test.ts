/** What the real log of both processes holds after secrets went through them, and what joins their lines. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

const SECRET = 'S3CRET'
const REQUEST_ID = 'request-with-secrets'
let scene: Surroundings

beforeAll(async () => {
  scene = await setTheScene({ RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'trace' })
}, 60_000)
afterAll(() => scene.stop())

const headers = {
  'content-type': 'application/json',
  'x-request-id': REQUEST_ID,
  authorization: `Bearer ${SECRET}`,
  'x-api-key': SECRET,
  cookie: `session=${SECRET}`,
}

const linesOf = (output: string): Record<string, unknown>[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

test('no header, query, address or failure puts a secret into the log of either process, at the most talkative level', async () => {
  const { gateway, worker, site } = scene
  const ask = (path: string, init: RequestInit = {}) => fetch(`${gateway.origin}${path}`, { headers, ...init })
  const post = (path: string, body: object) => ask(path, { method: 'POST', body: JSON.stringify(body) })
  const api = '/api/video-scraper'

  const failing = [site.url('/page-without-video', { token: SECRET }), site.url('/page-media-403', { sig: SECRET })]
  const ids: string[] = []
  for (const url of [site.url('/video.mp4', { signature: SECRET }), ...failing]) {
    ids.push(((await (await post(`${api}/info`, { url })).json()) as { job_id: string }).job_id)
  }
  await post(`${api}/info`, { url: `http://user:${SECRET}@127.0.0.1/` })
  await post(`${api}/download`, { url: 'x', callback_url: `https://user:${SECRET}@example.org/?${SECRET}` })
  await ask(`${api}/download/a.mp4?expires=1&signature=${SECRET}`)
  await ask(`${api}/jobs?cursor=${SECRET}`)
  await ask(`/unknown?token=${SECRET}`)
  await eventually(
    async () => {
      for (const id of ids) {
        const { status } = (await (await ask(`${api}/job/${id}`)).json()) as { status: string }
        if (status === 'processing') throw new Error(`${id} has not ended.`)
      }
    },
    { timeoutMs: 30_000, everyMs: 100 },
  )
  await eventually(() => linesOf(worker.output()).filter(({ msg }) => msg === 'job ended').length === ids.length)

  await eventually(() => linesOf(gateway.output()).some(({ path }) => path === '/unknown'))

  const log = gateway.output() + worker.output()
  expect(log).toContain(REQUEST_ID)
  expect(log).not.toContain(SECRET)
}, 60_000)

test('one request id joins the answer with the lines of both processes', async () => {
  const { gateway, worker, site } = scene
  const id = 'joined-request-1'
  const reply = await fetch(`${gateway.origin}/api/video-scraper/info`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': id },
    body: JSON.stringify({ url: site.url('/video.mp4') }),
  })
  expect(reply.headers.get('x-request-id')).toBe(id)
  const said = (output: string) =>
    linesOf(output)
      .filter(({ requestId }) => requestId === id)
      .map(({ msg }) => msg)
  await eventually(() => said(worker.output()).includes('job ended'), { timeoutMs: 30_000 })
  await eventually(() => said(gateway.output()).includes('job accepted'))
  expect(said(worker.output())).toEqual(['job started', 'job ended'])
}, 60_000)
