/** What an error says beside its code, and the form of RFC 9457. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()
const MISSING = '/api/video-scraper/job/unknown'

test('an error says where its code is explained, and which request it was', async () => {
  const { ask } = await rig.standing()
  const reply = await ask({ method: 'GET', url: MISSING, headers: { 'x-request-id': 'my-request-1' } })
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(reply.json()).toEqual({
    error: 'There is no job with this id.',
    status_code: 404,
    code: 'not_found',
    retryable: false,
    doc_url: '/api/video-scraper/docs/errors#not_found',
    request_id: 'my-request-1',
  })
  const page = await ask({ method: 'GET', url: '/api/video-scraper/docs/errors' })
  expect(page.body).toContain('id="not_found"')
})

test.each([
  ['application/problem+json', true],
  ['application/json, application/problem+json;q=0.9', true],
  ['APPLICATION/PROBLEM+JSON', true],
  ['application/problem+json;q=0, */*', false],
  ['application/json', false],
  ['*/*', false],
])('Accept: %s is answered with a problem: %p', async (accept, isProblem) => {
  const { ask } = await rig.standing()
  const reply = await ask({ method: 'POST', url: '/api/video-scraper/info', headers: { accept }, payload: {} })
  const body = reply.json()
  expect([reply.statusCode, body.code, body.error]).toEqual([400, 'invalid_request', expect.stringMatching(/url/)])
  expect(reply.headers['content-type']).toBe(`application/${isProblem ? 'problem+json' : 'json'}; charset=utf-8`)
  const problem = {
    type: '/api/video-scraper/docs/errors#invalid_request',
    title: 'The request is not valid.',
    status: 400,
    detail: body.error,
  }
  expect(body).toMatchObject(isProblem ? problem : { details: [{ field: '/url' }] })
  expect('title' in body).toBe(isProblem)
})
