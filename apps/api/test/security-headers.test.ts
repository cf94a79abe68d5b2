/** What every answer tells a browser, whoever gave it: a route, an error, a file, a page. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
}
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

test('answers, errors and files may be neither sniffed, framed, embedded elsewhere nor run', async () => {
  const { app } = await rig.gateway()
  const { filename } = await publishFile(rig, { jobId: downloadId('5'), content: Buffer.from('video') })
  for (const [method, url, status] of [
    ['GET', '/api/status', 200],
    ['GET', `/api/video-scraper/download/${filename}`, 200],
    ['GET', '/unknown', 404],
    ['GET', '/%', 400],
    ['DELETE', '/api/status', 405],
    ['POST', '/api/video-scraper/info', 415],
    ['GET', '/openapi.json', 200],
  ] as const) {
    const { statusCode, headers } = await app.inject({ method, url, ...(method === 'POST' ? { payload: 'x' } : {}) })
    expect([url, statusCode]).toEqual([url, status])
    expect(headers).toMatchObject({ ...everywhere, 'content-security-policy': NO_PAGE })
    expect(headers['x-request-id']).toBeTruthy()
  }
})

test('the documentation may load what comes from the gateway itself, and nothing else', async () => {
  const { app } = await rig.gateway()
  for (const url of ['/docs', '/api/video-scraper/docs']) {
    const { headers } = await app.inject({ url })
    expect(headers).toMatchObject(everywhere)
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'self';/)
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/)
    expect(policy).toContain("frame-ancestors 'none'")
  }
})
