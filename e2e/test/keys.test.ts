/** The story of two keys: made on the command line, used side by side, changed and revoked while the service runs. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, freePort } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { type Surroundings, setTheScene } from './surroundings.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/api/dist/keys.js', import.meta.url))
const API = '/api/video-scraper'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ AUTH: 'api-key', RATE_LIMIT_PER_MINUTE: '0', MAX_DOWNLOADS_PER_CLIENT: '0' })
}, 60_000)
afterAll(() => scene?.stop())

interface Ending {
  code: number | null
  output: string
  complaint: string
}

/** Runs the command line as a process, as an operator does. */
function run(
  words: string[],
  variables: Record<string, string> = { REDIS_URL: scene.stack.redis.url },
): Promise<Ending> {
  const env = { PATH: process.env.PATH ?? '', ...variables }
  const child = spawn(process.execPath, [PROGRAM, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ending: Ending = { code: null, output: '', complaint: '' }
  child.stdout.on('data', (chunk) => {
    ending.output += chunk
  })
  child.stderr.on('data', (chunk) => {
    ending.complaint += chunk
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ending, code })))
}

async function keyOf(...words: string[]): Promise<{ id: string; key: string; client: Client }> {
  const { code, output, complaint } = await run(['create', '--json', ...words])
  expect([code, complaint]).toEqual([0, ''])
  const { id, key } = JSON.parse(output)
  return { id, key, client: clientOf(scene.gateway.origin, { authorization: `Bearer ${key}` }) }
}

const EVERYTHING = ['--scope', 'read', '--scope', 'write']

test('two keys work side by side, and neither reaches what is the other’s', async () => {
  const mine = await keyOf('--name', 'mine', ...EVERYTHING)
  const theirs = await keyOf('--name', 'theirs', ...EVERYTHING)
  const id = await mine.client.download(scene.site.url('/video.mp4'))
  const download = await mine.client.ended(id)
  expect(download).toMatchObject({ status: 'completed', download_id: id })

  const fileOf = (key: string) =>
    fetch(`${scene.gateway.origin}${download.download_url}`, { headers: { 'x-api-key': key } })
  const fetched = await fileOf(mine.key)
  expect([fetched.status, (await fetched.arrayBuffer()).byteLength]).toEqual([200, download.size_bytes])
  const refused = await fileOf(theirs.key)
  expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'not_found' }])
  expect((await theirs.client.get(`${API}/status/${id}`)).status).toBe(404)
  expect((await theirs.client.cancel(id)).status).toBe(404)
  expect((await theirs.client.get(`${API}/jobs`)).body).toMatchObject({ jobs: [] })
  expect((await theirs.client.get(`${API}/downloads`)).body).toEqual([])
  expect((await clientOf(scene.gateway.origin).get(`${API}/status/${id}`)).status).toBe(401)
})

test('what the command line changes, the running gateway obeys within seconds', async () => {
  const { id, key, client } = await keyOf('--name', 'changing', ...EVERYTHING, '--expires', '30d', '--rate', '5')
  const status = async () => (await client.get(`${API}/jobs`)).status
  expect(await status()).toBe(200)

  expect((await run(['update', id, '--scope', 'write'])).code).toBe(0)
  await eventually(async () => (await status()) === 403)
  expect((await run(['update', id, '--scope', 'read,write', '--address', '203.0.113.0/24'])).code).toBe(0)
  await eventually(async () => (await client.get(`${API}/jobs`)).body.code === 'address_not_allowed')
  expect((await run(['update', id, '--address', 'any'])).code).toBe(0)
  await eventually(async () => (await status()) === 200)

  const { key: next } = JSON.parse((await run(['rotate', id, '--grace', '0', '--json'])).output)
  expect(next).not.toBe(key)
  await eventually(async () => (await status()) === 401)
  const renewed = clientOf(scene.gateway.origin, { 'x-api-key': next })
  expect((await renewed.get(`${API}/jobs`)).status).toBe(200)

  expect((await run(['revoke', id])).output).toContain('revoked')
  await eventually(async () => (await renewed.get(`${API}/jobs`)).status === 401)
  const again = await run(['rotate', id])
  expect([again.code, again.output, again.complaint]).toEqual([
    1,
    '',
    'The API key has been revoked, which is for ever. Create another one.\n',
  ])
})

test('the command line shows a key once, to people and to programs, and everything else as often as asked', async () => {
  const words = ['--name', 'for people', '--scope', 'read', '--expires', '2999-01-01', '--address', '10.0.0.0/8,::1']
  const created = await run(['create', ...words, '--rate', '120', '--downloads', '0', '--storage', '10GiB'])
  expect([created.code, created.complaint]).toEqual([0, ''])
  const [key = ''] = /vsk_\w+/.exec(created.output) ?? []
  const id = key.slice(4, 16)
  for (const text of [
    'for people',
    '10.0.0.0/8, ::1',
    '120 jobs a minute',
    'any number of unfinished',
    '10737418240 bytes',
  ]) {
    expect(created.output).toContain(text)
  }
  const shown = JSON.parse((await run(['show', id, '--json'])).output)
  expect(shown).toMatchObject({
    id,
    expires_at: '2999-01-01T00:00:00.000Z',
    allowed_addresses: ['10.0.0.0/8', '::1'],
    limits: { requests_per_minute: 120, unfinished_downloads: 0, storage_bytes: 10 * 2 ** 30 },
    status: 'active',
  })
  const [table, list] = [(await run(['list'])).output, (await run(['list', '--json'])).output]
  expect(table).toMatch(new RegExp(`^${id} +active +read +2999-01-01T00:00 +never +for people$`, 'm'))
  expect(JSON.parse(list)).toContainEqual(shown)
  for (const text of [table, list]) expect(text).not.toContain('vsk_')
})

test('what cannot be done is said in a sentence, without a stack: 2 for words that make no sense, 1 for the rest', async () => {
  const cases: [string[], number, string][] = [
    [['invent'], 2, 'There is no command invent.'],
    [['create', '--scope', 'read'], 1, 'The request is not valid: name is missing.\n'],
    [['show', 'nobody'], 1, 'There is no API key with this id.\n'],
  ]
  for (const [words, expected, sentence] of cases) {
    const { code, output, complaint } = await run(words)
    expect([code, output]).toEqual([expected, ''])
    expect(complaint).toContain(sentence)
    expect(complaint).not.toContain('    at ')
  }
})

test('without a Redis, or one that cannot be reached, it says so without the password', async () => {
  expect(await run(['list'], {})).toMatchObject({ code: 1, complaint: expect.stringMatching(/^REDIS_URL is not set/) })
  const place = `127.0.0.1:${await freePort()}`
  const { code, complaint } = await run(['list'], { REDIS_URL: `redis://me:secret@${place}` })
  expect([code, complaint]).toEqual([
    1,
    `Redis cannot be reached at redis://${place}: ECONNREFUSED. Is it running, and is REDIS_URL right?\n`,
  ])
  expect(await run(['--help'], {})).toMatchObject({ code: 0, complaint: '', output: expect.stringContaining('rotate') })
})
