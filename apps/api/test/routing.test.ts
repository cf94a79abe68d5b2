/** Paths, methods and ids that lead nowhere. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()
const UNKNOWN_INFO = '6f1c2f0e-3b5a-4c39-9d55-0f6f3f1f7a10'
const UNKNOWN_DOWNLOAD = `download_${'0'.repeat(32)}`

const allowed: [string, string][] = [
  ['/api/status', 'GET, HEAD'],
  ['/api/video-scraper/status', 'GET, HEAD'],
  ['/api/video-scraper/platforms', 'GET, HEAD'],
  ['/api/video-scraper/info', 'POST'],
  ['/api/video-scraper/download', 'POST'],
  ['/api/video-scraper/downloads', 'GET, HEAD'],
  ['/api/video-scraper/jobs', 'GET, HEAD'],
  ['/api/video-scraper/job/x', 'DELETE, GET, HEAD'],
  ['/api/video-scraper/transcript', 'POST'],
  ['/api/video-scraper/job/x/transcript', 'GET, HEAD'],
  ['/api/video-scraper/jobs/cancel', 'POST'],
  ['/api/video-scraper/jobs/delete', 'POST'],
  ['/api/video-scraper/job/x/cancel', 'POST'],
  ['/api/video-scraper/job/x/retry', 'POST'],
  ['/api/video-scraper/status/x', 'GET, HEAD'],
  ['/api/video-scraper/download/x', 'DELETE, GET, HEAD'],
  ['/api/video-scraper/download/x/link', 'POST'],
  ['/health/live', 'GET, HEAD'],
  ['/health/ready', 'GET, HEAD'],
  ['/openapi.json', 'GET, HEAD'],
  ['/api/video-scraper/openapi.json', 'GET, HEAD'],
  ['/docs', 'GET, HEAD'],
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'] as const

test.each(allowed)(
  '%s allows %s and OPTIONS, and refuses every other method with 405, whatever is sent',
  async (url, methods) => {
    const { ask } = await rig.standing()
    const allow = [...methods.split(', '), 'OPTIONS'].sort().join(', ')
    const options = await ask({ method: 'OPTIONS', url })
    expect([options.statusCode, options.headers.allow, options.body]).toEqual([204, allow, ''])
    for (const method of METHODS.filter((one) => !allow.split(', ').includes(one))) {
      for (const body of [{}, { payload: 'not json', headers: { 'content-type': 'application/json' } }]) {
        const reply = await ask({ method: method as 'GET', url, ...body })
        expect([method, reply.statusCode, reply.headers.allow]).toEqual([method, 405, allow])
        if (method !== 'HEAD') expect(reply.json().error).toContain(`Allowed: ${allow}.`)
      }
    }
  },
)

test('an unknown path is 404 for every method, whatever is sent, and says where all routes are', async () => {
  const { ask } = await rig.standing()
  for (const url of ['/api', '/api/status//', '/api//status', '/api/video-scraper/hooks', '/.env']) {
    for (const method of METHODS) {
      const payload = { payload: '<xml/>', headers: { 'content-type': 'text/xml' } }
      const reply = await ask({ method: method as 'GET', url, ...(method === 'GET' ? {} : payload) })
      expect([url, method, reply.statusCode]).toEqual([url, method, 404])
      if (method !== 'HEAD') expect(reply.json().error).toBe('There is no such route. GET /docs lists all of them.')
    }
  }
})

test('HEAD answers as GET does, without a body', async () => {
  const { ask, get } = await rig.standing()
  for (const url of ['/api/status', '/api/video-scraper/downloads', '/health/live', '/openapi.json', '/docs']) {
    const [head, whole] = [await ask({ method: 'HEAD', url }), await get(url)]
    expect([head.statusCode, head.body]).toEqual([200, ''])
    expect(head.headers['content-type']).toBe(whole.headers['content-type'])
    expect(head.headers['content-length']).toBe(whole.headers['content-length'])
  }
})

test('malformed percent-encoding is a 400', async () => {
  const { get } = await rig.standing()
  for (const part of ['%', '%zz', '%E0%A4%A', '%ff']) {
    const reply = await get(`/api/video-scraper/job/${part}`)
    expect([part, reply.statusCode]).toEqual([part, 400])
    expect(reply.json()).toMatchObject({ error: 'The path holds a malformed percent-encoding.' })
    expect(reply.headers['x-request-id']).toBeTruthy()
  }
})

const strangeIds = [
  'x',
  '%20',
  '%00',
  `${UNKNOWN_INFO}%00`,
  'a%2Fb',
  '..%2F..%2Fetc',
  UNKNOWN_INFO.toUpperCase(),
  ` ${UNKNOWN_INFO}`.replace(' ', '%0a'),
  'x'.repeat(201),
  'x'.repeat(10_000),
  'download_%2a',
  '%7Bvideo-scraper%7D',
  '__proto__',
  'constructor',
]

test('an id that is malformed or unknown gets the same 404, word for word', async () => {
  const { get, ask } = await rig.standing()
  const bodies = new Set<string>()
  const collect = (reply: { statusCode: number; body: string }) =>
    bodies.add(`${reply.statusCode} ${reply.body.replace(/"request_id":"[\w-]{36}"/, '"request_id":"…"')}`)
  for (const id of [...strangeIds, UNKNOWN_INFO, UNKNOWN_DOWNLOAD]) {
    collect(await get(`/api/video-scraper/job/${id}`))
    collect(await get(`/api/video-scraper/status/${id}`))
    collect(await ask({ method: 'POST', url: `/api/video-scraper/job/${id}/cancel` }))
    collect(await ask({ method: 'POST', url: `/api/video-scraper/job/${id}/retry` }))
  }
  expect([...bodies]).toEqual([
    '404 {"error":"There is no job with this id.","status_code":404,"code":"not_found","retryable":false,"doc_url":"/api/video-scraper/docs/errors#not_found","request_id":"…"}',
  ])
})

test('somebody else’s job is not there', async () => {
  const { jobs, get, ask } = await rig.standing()
  const request = { kind: 'info', limitSubject: 'x', url: 'https://example.com/', options: {} } as const
  const made = await jobs.submit({ ...request, owner: 'somebody', requestId: 'request-1', retryOf: null })
  const id = made.accepted ? made.id : ''
  expect((await get(`/api/video-scraper/job/${id}`)).statusCode).toBe(404)
  expect((await ask({ method: 'POST', url: `/api/video-scraper/job/${id}/cancel` })).statusCode).toBe(404)
  expect((await ask({ method: 'POST', url: `/api/video-scraper/job/${id}/retry` })).statusCode).toBe(404)
  expect((await get('/api/video-scraper/jobs')).json().jobs).toEqual([])
})

test('the id of a job of the other kind leads to its status; somebody else’s leads nowhere', async () => {
  const { get, post, jobs } = await rig.standing()
  const url = 'https://example.com/'
  const info = (await post('/api/video-scraper/info', { url })).json().job_id
  const download = (await post('/api/video-scraper/download', { url })).json().download_id
  for (const [from, to] of [
    [`job/${download}`, `status/${download}`],
    [`status/${info}`, `job/${info}`],
  ]) {
    const reply = await get(`/api/video-scraper/${from}`)
    expect([reply.statusCode, reply.headers.location]).toEqual([308, `/api/video-scraper/${to}`])
    expect((await get(String(reply.headers.location))).statusCode).toBe(200)
  }
  const request = {
    kind: 'download',
    limitSubject: 'x',
    url,
    options: {},
    owner: 'somebody',
    retryOf: null,
  } as const
  const made = await jobs.submit({ ...request, requestId: 'request-1' })
  expect((await get(`/api/video-scraper/job/${made.accepted ? made.id : ''}`)).statusCode).toBe(404)
})

test('a final slash changes nothing, whatever the path and the method', async () => {
  const { get, ask } = await rig.standing()
  for (const url of ['/api/status/', '/api/video-scraper/jobs/', '/health/live/', '/openapi.json/', '/docs/']) {
    expect([url, (await get(url)).statusCode]).toEqual([url, 200])
  }
  const refused = await ask({ method: 'POST', url: '/api/status/' })
  expect([refused.statusCode, refused.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
  expect((await ask({ method: 'POST', url: '/api/video-scraper/info/', payload: {} })).statusCode).toBe(400)
})

test('who opens the address of the service comes to the documentation', async () => {
  for (const basePath of ['', '/video']) {
    const { get } = await rig.gateway({ basePath })
    for (const [url, docs] of [
      [`${basePath}/`, `${basePath}/docs`],
      [`${basePath}/api/video-scraper`, `${basePath}/api/video-scraper/docs`],
    ] as const) {
      const reply = await get(url)
      expect([url, reply.statusCode, reply.headers.location]).toEqual([url, 307, docs])
    }
  }
})

test('a query parameter that an operation does not know is a 400 that names it and those that are known', async () => {
  const { get, ask, post } = await rig.standing()
  const reply = await get('/api/video-scraper/jobs?limits=5')
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  expect(reply.json().error).toContain('no query parameter limits here. Known: limit, cursor, status, ')
  expect(reply.json().details).toEqual([{ field: '/limits', message: 'is not a query parameter of this request' }])
  for (const url of [
    '/api/status?x',
    '/health/live?x=1',
    '/api/video-scraper/job/x?wait=5',
    '/api/video-scraper/downloads?q=a',
  ]) {
    expect([url, (await get(url)).statusCode]).toEqual([url, 400])
  }
  expect((await ask({ method: 'HEAD', url: '/api/video-scraper/jobs?limits=5' })).statusCode).toBe(400)
  expect((await post('/api/video-scraper/info?format_id=22', { url: 'https://example.com/' })).statusCode).toBe(400)
  expect((await get('/docs?x=1')).statusCode).toBe(200)
})
