/**
 * A kind of job is one file, one row and one task; an option is one file and one row, and what it means to yt-dlp. What else had
 * to be touched does not compile.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { jobKinds, kinds, kindsOfForm } from '@video-scraper/contracts'
import { type Stack, startStack, startVideoSite, type VideoSite } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { copyOfTree, type Tree } from './planted/tree.ts'

const API = '/api/video-scraper'
const URL = 'https://vimeo.com/76979871'
const TABLE = 'packages/contracts/src/kinds/table.ts'
const TASKS = 'apps/worker/src/tasks/table.ts'
const row = [' } as const', ', planted } as const'] as const
const OPTIONS = 'packages/contracts/src/options/table.ts'
const MEANINGS = 'packages/ytdlp/src/options/table.ts'
const optionRow = ['  clips,\n  chapters,\n', '  clips,\n  chapters,\n  planted_lines: plantedLines,\n'] as const

let tree: Tree
let stack: Stack
let client: Client
let site: VideoSite
let origin: string

beforeAll(async () => {
  tree = await copyOfTree()
}, 120_000)
afterAll(async () => {
  await stack?.stop()
  await site?.stop()
  await tree?.remove()
})

test('a kind without a task and an option without its meaning do not compile, and the compiler names the two places', async () => {
  await tree.plant('kind.ts.txt', 'packages/contracts/src/kinds/planted.ts')
  await tree.edit(TABLE, row, [
    "import { info } from './info.ts'",
    "import { info } from './info.ts'\nimport { planted } from './planted.ts'",
  ])
  await tree.plant('option.ts.txt', 'packages/contracts/src/options/planted-lines.ts')
  await tree.edit(OPTIONS, optionRow, [
    "import { quality } from './quality.ts'",
    "import { plantedLines } from './planted-lines.ts'\nimport { quality } from './quality.ts'",
  ])
  const said = await tree.compile()
  expect(said).toMatch(/apps\/worker\/src\/tasks\/table\.ts.*'planted'/)
  expect(said).toMatch(/packages\/ytdlp\/src\/options\/table\.ts.*'planted_lines'/)
  expect([...said.matchAll(/^(\S+\.ts)\(/gm)].map(([, place]) => place).sort()).toEqual([TASKS, MEANINGS])
}, 240_000)

test('with the task and the meaning both programs compile, and nothing else was touched', async () => {
  await tree.plant('task.ts.txt', 'apps/worker/src/tasks/measure-address.ts')
  await tree.edit(
    TASKS,
    ['  info: extractInfo(dependencies),', '  info: extractInfo(dependencies),\n  planted: measureAddress,'],
    ['import { extractInfo,', "import { measureAddress } from './measure-address.ts'\nimport { extractInfo,"],
  )
  await tree.edit(MEANINGS, [
    '  retention_seconds: {},',
    "  retention_seconds: {},\n  planted_lines: { sortSize: (lines) => ['lines:' + lines] },",
  ])
  expect(await tree.compile()).toBe('')
}, 240_000)

test('it is made, done, shown, listed and reported like every other kind', async () => {
  site = await startVideoSite()
  stack = await startStack({ root: tree.path, settings: { EGRESS_ALLOW: `${site.host}:${site.port}` } })
  const gateway = await stack.startGateway()
  await stack.startWorker({ WORKER_PLANTED_CONCURRENCY: '2' })
  origin = gateway.origin
  client = clientOf(origin)
  const { status, headers, body } = await client.post(`${API}/planted`, { url: URL, plus: 4 })
  expect(status).toBe(202)
  expect(body).toEqual({
    job_id: expect.stringMatching(/^planted_[0-9a-f]{32}$/),
    status: 'processing',
    message: 'The address is measured',
  })
  const id = String(body.job_id)
  expect(headers.get('location')).toBe(`${API}/job/${id}`)
  expect(await client.ended(id)).toMatchObject({
    job_id: id,
    status: 'completed',
    characters: URL.length + 4,
    url: URL,
  })
  expect((await client.get(`${API}/jobs`)).body).toMatchObject({
    jobs: [{ id, kind: 'planted', status: 'completed', status_url: `${API}/job/${id}` }],
  })
  const events = await (await fetch(`${gateway.origin}${API}/job/${id}/events`)).text()
  expect(events).toContain('event: end')
  expect(events).toContain(`"characters":${URL.length + 4}`)
  expect((await client.cancel(id)).body).toMatchObject({ code: 'job_already_finished' })
  // Of the form of an info job, so the way to a download leads there.
  const led = await fetch(`${gateway.origin}${API}/status/${id}`, { redirect: 'manual' })
  expect([led.status, led.headers.get('location')]).toEqual([308, `${API}/job/${id}`])
}, 120_000)

test('a failure begins with its own words, and can be tried again', async () => {
  const { body } = await client.post(`${API}/planted`, { url: `${URL}/fail` })
  const failed = await client.ended(String(body.job_id))
  expect(failed).toMatchObject({ status: 'failed', code: 'video_unavailable' })
  expect(failed.error).toMatch(/^The address could not be measured: /)
  const retried = await client.post(`${API}/job/${String(body.job_id)}/retry`)
  expect(retried.body).toMatchObject({ job_id: expect.stringMatching(/^planted_/), retry_of: body.job_id })
}, 120_000)

test('its options are its own, and one that it does not have is refused', async () => {
  expect(await client.post(`${API}/planted`, { url: URL, plus: 10 })).toMatchObject({ status: 400 })
  expect(await client.post(`${API}/planted`, { url: URL, quality: '720p' })).toMatchObject({ status: 400 })
  expect(await client.post(`${API}/info`, { url: URL, plus: 4 })).toMatchObject({ status: 400 })
})

test('webhooks can be registered for its ends, and for no others', async () => {
  const register = (event: string) =>
    client.post(`${API}/webhooks/register`, { callback_url: 'https://receiver.example/webhook', events: [event] })
  expect(await register('planted_complete')).toMatchObject({ status: 201, body: { events: ['planted_complete'] } })
  expect(await register('planted_begun')).toMatchObject({ status: 400 })
})

test('the document has its operation, its schemas and its events', async () => {
  const { body } = await client.get('/openapi.json')
  const { paths, components, webhooks } = body as Record<string, Record<string, Record<string, object>>>
  expect(paths?.[`${API}/planted`]).toMatchObject({ post: { operationId: 'createPlantedJob', tags: ['planted'] } })
  expect(Object.keys(components?.schemas ?? {})).toEqual(
    expect.arrayContaining([
      'SinglePlantedRequest',
      'PlantedAccepted',
      'PlantedJob',
      'PlantedJobCompleted',
      'PlantedCompleteEvent',
    ]),
  )
  const ofJobForm = [...kindsOfForm('job').map((kind) => kinds[kind].name), 'Planted']
  const completed = ofJobForm.map((name) => `${name}JobCompleted`)
  const shapes = ['InfoJobProcessing', ...completed, 'InfoJobFailed', 'InfoJobCancelled']
  expect(components?.schemas?.Job).toMatchObject({
    oneOf: shapes.map((name) => ({ $ref: `#/components/schemas/${name}` })),
  })
  expect(components?.schemas?.JobKind).toMatchObject({ enum: [...jobKinds, 'planted'] })
  expect(Object.keys(webhooks ?? {})).toContain('planted_cancelled')
})

test('an option chooses the file, stands in the status, tells files apart, and is refused where it makes no sense', async () => {
  // The media are made when they are first asked for, which takes longer than a job waits.
  const url = site.url('/choices/manifest.mpd')
  await (await fetch(url)).text()
  const post = (options: object) => client.post(`${API}/download`, { url, ...options })
  const download = async (options: object) => client.ended(String((await post(options)).body.download_id))
  const small = await download({ planted_lines: 144 })
  expect(small).toMatchObject({ status: 'completed', cached: false, options: { planted_lines: 144 } })
  const known = await download({ quality: '144p' })
  const best = await download({})
  expect(small.sha256).toBe(known.sha256)
  expect(best.sha256).not.toBe(small.sha256)
  expect(await download({ planted_lines: 144 })).toMatchObject({ cached: true, filename: small.filename })
  expect(await post({ planted_lines: 0 })).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  expect(await post({ planted_lines: 144, quality: '720p' })).toMatchObject({
    status: 400,
    body: { details: [{ field: '/planted_lines', message: 'must not stand beside quality' }] },
  })
  const repeat = (lines: number) =>
    fetch(`${origin}${API}/download`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'planted' },
      body: JSON.stringify({ url, planted_lines: lines }),
    })
  expect([(await repeat(144)).status, (await repeat(144)).status, (await repeat(288)).status]).toEqual([202, 202, 422])
}, 120_000)

test('the document has the option in the request and in the status', async () => {
  const { body } = await client.get('/openapi.json')
  const { schemas } = body.components as { schemas: Record<string, { properties?: object }> }
  for (const name of ['SingleDownloadRequest', 'BatchDownloadRequest', 'DownloadOptions'])
    expect(schemas[name]?.properties).toHaveProperty('planted_lines')
  expect(schemas.SingleInfoRequest?.properties).not.toHaveProperty('planted_lines')
})
