/** Transcripts over the whole stack: real captions of a local site in, text, segments and files out, and no media fetched. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Gateway, type Stack, startStack, startVideoSite, type VideoSite } from '@video-scraper/testkit'

const API = '/api/video-scraper'
let site: VideoSite
let stack: Stack
let gateway: Gateway

beforeAll(async () => {
  site = await startVideoSite()
  stack = await startStack({ settings: { EGRESS_ALLOW: `${site.host}:${site.port}`, RATE_LIMIT_PER_MINUTE: '0' } })
  ;[gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
}, 60_000)
afterAll(async () => {
  await stack?.stop()
  await site?.stop()
})

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${gateway.origin}${path}`, { headers, method })

async function transcript(url: string, fields: object = {}) {
  const reply = await fetch(`${gateway.origin}${API}/transcript`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=50' },
    body: JSON.stringify({ url, ...fields }),
  })
  return (await reply.json()) as Record<string, string> & { files: Record<string, string>[] }
}

const segment = (start: number, end: number, text: string) => ({ start, end, text })

test('captions that people wrote are segments and text, in the language that was asked for', async () => {
  expect(await transcript(site.url('/spoken'), { metadata: { order: '1' } })).toMatchObject({
    job_id: expect.stringMatching(/^transcript_[0-9a-f]{32}$/),
    status: 'completed',
    kind: 'transcript',
    language: 'en',
    source: 'manual',
    segments: [segment(0, 1.5, 'A test picture'), segment(1.5, 3, 'and a test tone & more')],
    text: 'A test picture\nand a test tone & more',
    files: [],
    expires_at: null,
    metadata: { order: '1' },
  })
  expect(await transcript(site.url('/spoken'), { language: 'de' })).toMatchObject({
    language: 'de',
    text: 'Ein Testbild\nund ein Testton',
  })
  // SubRip with a language of one country, and TTML.
  expect(await transcript(site.url('/captioned'), { language: 'en' })).toMatchObject({ language: 'en-GB' })
  expect(await transcript(site.url('/captioned'), { language: 'es' })).toMatchObject({ text: 'Una imagen de prueba' })
  expect(site.requests('/slow.mp4')).toEqual([])
})

test('rolling captions become sentences without repeats', async () => {
  expect(await transcript(site.url('/spoken?file=rolling'))).toMatchObject({
    segments: [
      segment(0, 4.3, 'so today we look at a test picture.'),
      segment(4.3, 6.6, 'It has many colours.'),
      segment(6.6, 9.99, 'And a tone as well'),
    ],
  })
})

test.each([
  ['captions of another encoding', '/spoken?file=old', { text: 'Caf\u00e9' }],
  ['times that go backwards', '/spoken?file=backwards', { text: 'First\nBetween\nSecond' }],
  ['controls and broken tags', '/spoken?file=controls', { text: 'One two three' }],
  ['a file of nothing', '/spoken?file=empty', { status: 'failed', code: 'no_captions' }],
  ['a file of no text', '/spoken?file=garbage', { status: 'failed', code: 'no_captions' }],
  ['a video without captions', '/video.mp4', { status: 'failed', code: 'no_captions', retryable: false }],
  ['a page that is not there', '/status/404', { status: 'failed', code: 'video_unavailable' }],
])('%s', async (_, path, expected) => {
  expect(await transcript(site.url(path))).toMatchObject(expected)
})

test('captions of the wrong source or language are none', async () => {
  const fields = [{ source: 'automatic' }, { language: 'fr' }]
  for (const each of fields)
    expect(await transcript(site.url('/spoken'), each)).toMatchObject({
      code: 'no_captions',
      error: expect.stringMatching(/^No transcript could be made: The video has no captions/),
    })
})

test('a short transcript in each form, by format and by Accept', async () => {
  const { job_id: id, transcript_url: url = '' } = await transcript('https://test.invalid/captions')
  expect(url).toBe(`${API}/job/${id}/transcript`)
  const forms = {
    json: [
      'application/json',
      /^\{"title":"A captioned test source[^"]*","language":"en","source":"manual","segments":\[/,
    ],
    text: ['text/plain', /^A test source speaks\.\nIt says this and no more\.\n$/],
    srt: ['application/x-subrip', /^1\n00:00:00,000 --> 00:00:01,000\nA test source speaks\.\n\n2\n/],
    vtt: ['text/vtt', /^WEBVTT\n\n00:00:00\.000 --> 00:00:01\.000\nA test source speaks\.\n\n/],
  } as const
  for (const [format, [type, text]] of Object.entries(forms))
    for (const reply of [await ask(`${url}?format=${format}`), await ask(url, { accept: `image/png, ${type}` })]) {
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`])
      expect(await reply.text()).toMatch(text)
    }
  expect((await ask(url)).headers.get('content-type')).toMatch(/^application\/json/)
  const refusals = [await ask(url, { accept: 'image/png' }), await ask(`${url}?format=pdf`)]
  expect(
    await Promise.all(refusals.map(async (each) => [each.status, ((await each.json()) as { code: string }).code])),
  ).toEqual([
    [406, 'not_acceptable'],
    [400, 'invalid_request'],
  ])
})

test('a long transcript is a file in each form, which is listed, linked and removed like any other', async () => {
  const long = await transcript(site.url('/spoken?file=long'), { retention_seconds: 600 })
  expect(long).not.toHaveProperty('segments')
  expect(long).not.toHaveProperty('text')
  expect(long.files.map(({ role, language, media_type }) => [role, language, media_type])).toEqual(
    ['application/json', 'text/plain', 'application/x-subrip', 'text/vtt'].map((type) => ['transcript', 'en', type]),
  )
  const keptMs = Date.parse(long.expires_at ?? '') - Date.parse(long.finished_at ?? '')
  expect(Math.abs(keptMs - 600_000)).toBeLessThan(30_000)
  const json = (await (await ask(`${long.transcript_url}?format=json`)).json()) as { segments: object[] }
  expect(json.segments).toHaveLength(3000)
  const text = await (await ask(`${long.transcript_url}?format=text`)).text()
  expect(text.split('\n')).toHaveLength(3001)
  const part = await ask(`${long.transcript_url}?format=text`, { range: 'bytes=0-9' })
  expect([part.status, await part.text()]).toEqual([206, 'Sentence n'])
  const { download_url: url = '', filename } = long.files[0] ?? {}
  const listed = (await (await ask(`${API}/downloads?role=transcript`)).json()) as { filename: string }[]
  expect(listed.map((file) => file.filename)).toContain(filename)
  const link = await fetch(`${gateway.origin}${url}/link`, { method: 'POST' })
  expect((await ask(((await link.json()) as { url: string }).url)).status).toBe(200)
  expect((await ask(url, {}, 'DELETE')).status).toBe(204)
  const gone = await ask(`${long.transcript_url}`)
  expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([404, 'file_expired'])
  const status = (await (await ask(`${API}/job/${long.job_id}`)).json()) as typeof long
  expect(status.files.map(({ expired }) => expired)).toEqual([true, false, false, false])
  expect((await ask(`${API}/job/${long.job_id}`, {}, 'DELETE')).status).toBe(204)
  expect((await ask(long.files[1]?.download_url ?? '')).status).toBe(404)
})

test('only a completed transcript has one to fetch', async () => {
  const failed = await transcript(site.url('/video.mp4'))
  const info = await fetch(`${gateway.origin}${API}/info`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=50' },
    body: JSON.stringify({ url: site.url('/spoken') }),
  })
  for (const id of [failed.job_id, ((await info.json()) as { job_id: string }).job_id, 'transcript_0'])
    expect((await ask(`${API}/job/${id}/transcript`)).status).toBe(404)
})
