/** The OpenAPI document: valid, whole, and about nothing but what there is. With keys it holds the most. */
import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { type RequestErrorCode, requestErrors } from '@video-scraper/contracts'
import { useApi } from './api-rig.ts'
import { expectShape, type OpenApi, type Operation, responseOf } from './documented-replies.ts'

const rig = useApi()
const SOURCES = new URL('../src/', import.meta.url)
let document: OpenApi

beforeAll(async () => {
  const { get } = await rig.gateway({ auth: 'api-key' })
  document = (await get('/openapi.json')).json()
})

const operations = (): { method: string; path: string; operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )

/** Every JSON content of the document with the place where it stands. */
const contents = () =>
  operations().flatMap(({ method, path, operation }) =>
    Object.entries(operation.responses).flatMap(([status, response]) =>
      Object.entries(responseOf(document, response)?.content ?? {})
        .filter(([type]) => type === 'application/json')
        .map(([, { schema, examples = {} }]) => ({ where: `${method} ${path} ${status}`, status, schema, examples })),
    ),
  )

test('the document is OpenAPI 3.1 with a title, a version, a description, a server and tags', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info).toMatchObject({ title: 'Video Scraper', version: '1.0.0' })
  expect(document.info.description.length).toBeGreaterThan(50)
  expect(document.servers).toEqual([{ url: 'http://localhost:5501' }])
  expect(document.tags.map(({ name }) => name)).toEqual([
    ...['info', 'downloads', 'transcripts', 'playlists', 'jobs', 'webhooks', 'cookies', 'service', 'keys'],
    'webhook-events',
  ])
})

test('it has the structure that OpenAPI asks for: path parameters, descriptions, known references, one schema each', () => {
  for (const { method, path, operation } of operations()) {
    const where = `${method} ${path}`
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    const parameters = (operation.parameters ?? []).filter((one) => !('$ref' in one))
    expect([where, parameters.filter((one) => one.in === 'path').map(({ name }) => name)]).toEqual([where, named])
    for (const parameter of parameters) expect(parameter).toHaveProperty('schema')
    for (const response of Object.values(operation.responses)) {
      expect(responseOf(document, response)?.description).toBeTruthy()
    }
  }
  const text = JSON.stringify(document)
  for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
    expect(Object.keys(document.components[kind as 'schemas'])).toContain(name)
  }
  expect(text.match(/"\$ref":"(?!#\/components\/(schemas|responses|parameters|headers)\/)/g)).toBeNull()
  expect(text).not.toContain('"nullable"')
})

test('it says everything that the specification documents, by path and method', () => {
  const documented = [
    'get /api/status',
    'get /api/video-scraper/platforms',
    'post /api/video-scraper/info',
    'get /api/video-scraper/job/{job_id}',
    'post /api/video-scraper/job/{job_id}/cancel',
    'post /api/video-scraper/download',
    'get /api/video-scraper/status/{download_id}',
    'get /api/video-scraper/downloads',
    'get /api/video-scraper/download/{filename}',
  ]
  const added = [
    'delete /api/video-scraper/download/{filename}',
    'post /api/video-scraper/download/{filename}/link',
    'get /api/video-scraper/jobs',
    'post /api/video-scraper/jobs/cancel',
    'post /api/video-scraper/jobs/delete',
    'post /api/video-scraper/job/{job_id}/retry',
    'delete /api/video-scraper/job/{job_id}',
    'post /api/video-scraper/webhooks/register',
    'get /api/video-scraper/webhooks',
    'get /api/video-scraper/webhooks/{webhook_id}',
    'patch /api/video-scraper/webhooks/{webhook_id}',
    'delete /api/video-scraper/webhooks/{webhook_id}',
    'post /api/video-scraper/webhooks/{webhook_id}/test',
    'post /api/video-scraper/webhooks/{webhook_id}/rotate-secret',
    'get /api/video-scraper/webhooks/{webhook_id}/deliveries',
    'post /api/video-scraper/webhooks/{webhook_id}/deliveries/replay',
    'post /api/video-scraper/webhooks/{webhook_id}/deliveries/{delivery_id}/replay',
    'post /api/video-scraper/playlist',
    'get /api/video-scraper/job/{job_id}/entries',
    'post /api/video-scraper/transcript',
    'get /api/video-scraper/job/{job_id}/transcript',
    'get /api/video-scraper/job/{job_id}/events',
    'get /api/video-scraper/status/{download_id}/events',
    'get /api/video-scraper/status/{download_id}/files.zip',
    'post /api/video-scraper/status/{download_id}/files.zip/link',
    'post /api/video-scraper/job/{job_id}/events/link',
    'get /api/video-scraper/events/{job_id}',
    'get /health/live',
    'get /health/ready',
    'put /api/video-scraper/cookies/{name}',
    'get /api/video-scraper/cookies',
    'get /api/video-scraper/cookies/{name}',
    'delete /api/video-scraper/cookies/{name}',
    'post /api/video-scraper/keys',
    'get /api/video-scraper/keys',
    'get /api/video-scraper/keys/{key_id}',
    'patch /api/video-scraper/keys/{key_id}',
    'delete /api/video-scraper/keys/{key_id}',
    'post /api/video-scraper/keys/{key_id}/rotate',
  ]
  // Neither HEAD, nor refused methods, nor aliases, nor the pages of the documentation.
  expect(
    operations()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual([...documented, ...added].sort())
})

/** Files with more than one operation: one for each kind of job, or for each form of a status. */
const madeFromTable: Record<string, readonly string[]> = {
  'create-job.ts': ['createInfoJob', 'createDownload', 'createTranscript', 'createPlaylist'],
  'get-job.ts': ['getInfoJob', 'getDownload'],
  'follow-job.ts': ['streamInfoJob', 'streamDownload'],
}

test('each operation is named like its file and what it exports, and has a summary, a description and a known tag', async () => {
  const names = new Map<string, string>()
  const routeFiles = (await readdir(SOURCES, { recursive: true })).filter((path) => /^\w+\/routes\/.*\.ts$/.test(path))
  for (const path of routeFiles) {
    const file = basename(path)
    for (const name of madeFromTable[file] ?? []) names.set(name, file)
    if (file in madeFromTable) continue
    const text = await readFile(new URL(path, SOURCES), 'utf8')
    const [, exported = ''] = /^export const (\w+): Route/m.exec(text) ?? []
    expect([file, kebab(exported)]).toEqual([file, file.replace(/\.ts$/, '')])
    names.set(exported, file)
  }
  expect(
    operations()
      .map(({ operation }) => operation.operationId)
      .sort(),
  ).toEqual([...names.keys()].sort())
  for (const { operation } of operations()) {
    expect(operation.summary).toBeTruthy()
    expect(operation.description).toBeTruthy()
    expect(operation.tags).toHaveLength(1)
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags?.[0])
  }
})

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

test('every JSON answer has examples, and every example fits its schema', () => {
  for (const { where, schema, examples } of contents()) {
    expect([where, Object.keys(examples).length]).not.toEqual([where, 0])
    for (const { value } of Object.values(examples)) expectShape(document, schema, value, where)
  }
})

test('every error has the form of ErrorReply with an example of each code it can carry, and 500 is always there', () => {
  const errors = contents().filter(({ status }) => Number(status) >= 400)
  for (const { where, schema, status, examples } of errors) {
    expect([where, schema]).toEqual([where, { $ref: '#/components/schemas/ErrorReply' }])
    for (const [name, { value }] of Object.entries(examples)) {
      const { status: expected, ...rule } = requestErrors[name as RequestErrorCode]
      expect([where, name, String(expected)]).toEqual([where, name, status])
      const { message: error, retryable } = rule
      expect(value).toEqual({ error, status_code: expected, code: name, retryable })
    }
  }
  const everywhere = ['method_not_allowed', 'request_timeout', 'host_not_allowed', 'headers_too_large']
  for (const code of everywhere) expect(document.info.description).toContain(code)
  const shown = new Set([...errors.flatMap(({ examples }) => Object.keys(examples)), ...everywhere])
  expect([...shown].sort()).toEqual(Object.keys(requestErrors).sort())
  for (const { operation } of operations()) {
    expect(Object.keys(operation.responses)).toContain('400')
    const answersAlways = ['getStatus', 'listPlatforms', 'getLiveness'].includes(operation.operationId)
    expect([operation.operationId, '500' in operation.responses]).toEqual([operation.operationId, !answersAlways])
  }
})

test('the documentation page and its document are served, with a content security policy, under both prefixes', async () => {
  const { app } = await rig.gateway({ auth: 'api-key' })
  for (const prefix of ['', '/api/video-scraper']) {
    const page = await app.inject({ url: `${prefix}/docs` })
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'/)
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    // The page asks the gateway that it came from, shows each refusal in one line, and links the codes.
    const shown: OpenApi & { externalDocs: { url: string } } = (await app.inject({ url: `${prefix}/docs/json` })).json()
    expect(shown).not.toHaveProperty('servers')
    expect(Object.keys(shown.paths)).toEqual(Object.keys(document.paths))
    expect(shown.components.schemas).toEqual(document.components.schemas)
    const refused = shown.paths['/api/video-scraper/info']?.post?.responses[422]
    const errorPage = '/api/video-scraper/docs/errors'
    const link = `[\`idempotency_key_reused\`](${errorPage}#idempotency_key_reused)`
    expect(refused).toEqual({ description: expect.stringContaining(link) })
    expect(shown.externalDocs.url).toBe(errorPage)
    expect((await app.inject({ url: `${prefix}/docs/errors` })).body).toContain('id="idempotency_key_reused"')
    expect((await app.inject({ url: `${prefix}/openapi.json` })).json()).toEqual(document)
  }
})
