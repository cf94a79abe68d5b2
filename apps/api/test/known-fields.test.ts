/** A field that no schema names is not sent: in no answer of the document, in no event, and over the gateway. */
import { expect, test } from '@jest/globals'
import { answerTextOf, eventText, publicPaths } from '@video-scraper/views'
import Fastify from 'fastify'
import { sendOnlyKnownFields } from '../src/http/known-fields-only.ts'
import { answer, ref } from '../src/openapi/schema-reference.ts'
import { useApi } from './api-rig.ts'
import { type DocumentedResponse, documentOf, type OpenApi, responseOf } from './documented-replies.ts'
import { readEvents } from './event-reader.ts'
import { startWorker, videoInfo } from './trivial-worker.ts'

const rig = useApi()
const UNNAMED = { secret_path: '/somewhere', inside: { again: [1] } }

/** The same with a field in every object that nobody knows. */
function planted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(planted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inside]) => [key, planted(inside)])
  return { ...Object.fromEntries(entries), unnamed: UNNAMED }
}

/** Every example of an answer in JSON that the document has, with the schema of that answer as its route has it. */
function answersOf(document: OpenApi): { name: string; schema: object; value: unknown }[] {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  return operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const json = (responseOf(document, response) as DocumentedResponse).content?.['application/json']
      if (json === undefined) return []
      const schema = JSON.parse(JSON.stringify(json.schema), (key, value) =>
        key === '$ref' ? `${String(value).replace('#/components/schemas/', '')}#` : value,
      )
      const examples = Object.entries(json.examples ?? {})
      return examples.map(([name, { value }]) => ({ name: `${operationId} ${status} ${name}`, schema, value }))
    }),
  )
}

test('every answer of the document is sent as it is, and without what is planted at any depth of it', async () => {
  const { app } = await rig.standing()
  const answers = answersOf(documentOf(app).document)
  expect(answers.length).toBeGreaterThan(200)
  for (const { name, schema, value } of answers) {
    const text = answerTextOf(schema)
    expect([name, text(value)]).toEqual([name, JSON.stringify(value)])
    expect([name, text(planted(value))]).toEqual([name, JSON.stringify(value)])
  }
})

test('what a worker wrote beyond the schema is in no status, no event, no webhook and no answer that waited', async () => {
  const gateway = await rig.gateway()
  const [format] = videoInfo.formats
  const info = { ...videoInfo, cookies: UNNAMED, formats: [{ ...format, fragments: [UNNAMED] }] }
  await startWorker(rig, { info: info as never })
  const waited = await gateway.post(
    '/api/video-scraper/info',
    { url: 'https://example.com/video' },
    { prefer: 'wait=10' },
  )
  expect(waited.json()).toMatchObject({ status: 'completed', video_info: { title: videoInfo.title } })
  const status = await gateway.get(`/api/video-scraper/job/${waited.json().job_id}`)
  const { events, ended } = await readEvents(
    `${await gateway.origin()}/api/video-scraper/job/${waited.json().job_id}/events`,
  )
  expect(await ended).toBe(true)
  expect(events.map(({ data }) => data)).toEqual([status.json()])
  const job = await gateway.jobs.find(waited.json().job_id)
  if (job === null) throw new Error('There is no such job.')
  const webhook = JSON.parse(eventText('job_complete', job, { paths: publicPaths('', ''), now: Date.now() }))
  expect(webhook).toMatchObject({ type: 'job_complete', data: status.json() })
  for (const sent of [waited.json(), status.json(), webhook.data]) expect(sent.video_info).toEqual(videoInfo)
})

test('what lies in Redis beyond the schema is not in the status of the service, nor in the list of platforms', async () => {
  const { get, redis } = await rig.standing()
  const engine = { ok: true, checked_at: '2026-05-01T12:34:50.000Z', failed_checks: [], ytdlp_version: null }
  const versions = { ytdlp_age_days: null, curl_cffi_version: null, deno_version: null, ffmpeg_version: null }
  await redis.set('{video-scraper}:engine-check', JSON.stringify({ ...engine, ...versions, home: '/root' }))
  expect((await get('/api/status')).json().engine).toEqual({ ...engine, ...versions })
  const platforms = [{ name: 'Vimeo', domain: 'vimeo.com', support_level: 'full' }]
  const stored = { ytdlpVersion: '2026.01.01', platforms: [{ ...platforms[0], extractors: ['vimeo'] }] }
  await redis.set('{video-scraper}:platforms', JSON.stringify(stored))
  expect((await get('/api/video-scraper/platforms')).json()).toEqual(platforms)
})

test('an answer that has no schema is not sent', async () => {
  const app = Fastify()
  sendOnlyKnownFields(app)
  app.get('/none', async () => UNNAMED)
  app.get(
    '/other',
    { schema: { response: { 200: answer(ref('HealthReply'), { description: 'Yes.' }) } } },
    (_, reply) => reply.code(201 as 200).send(UNNAMED as never),
  )
  for (const url of ['/none', '/other']) {
    const reply = await app.inject(url)
    expect(reply.statusCode).toBe(500)
    expect(reply.body).not.toContain('somewhere')
  }
  await app.close()
})
