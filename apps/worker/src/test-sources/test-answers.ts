/** What the test sources answer: by path, a page, a status, or media. docs/options.md has the same table. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The host of test sources. RFC 6761 keeps `.invalid` from ever being somebody's. */
export const TEST_HOST = 'test.invalid'

/** Whether an address in its canonical spelling is one of a test source. */
export const isTestSource = (url: string): boolean => {
  const { hostname, port } = new URL(url)
  return hostname === TEST_HOST && port === ''
}

/** The media of `/slow` takes so long, in as many parts. */
const SLOW_MS = 20_000
const SLOW_PARTS = 80

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly media: Buffer
}
type Answer = (exchange: Exchange) => void

const html =
  (body: string): Answer =>
  ({ response }) =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${body}`)

/** A page that describes the video at `path`, with two chapters. */
const pageOf =
  (name: string, path: string): Answer =>
  (exchange) => {
    const at = (of: string) => `http://${exchange.request.headers.host}${of}`
    const part = (title: string, startOffset: number) => ({
      '@type': 'Clip',
      name: title,
      startOffset,
      endOffset: startOffset + 2,
    })
    const video = {
      '@context': 'https://schema.org',
      '@type': 'VideoObject',
      name,
      description: 'A test source: nobody was asked for it.',
      author: { '@type': 'Person', name: 'Test sources' },
      uploadDate: '2026-01-01',
      duration: 'PT4S',
      contentUrl: at(path),
      hasPart: [part('The first half', 0), part('The second half', 2)],
    }
    html(`<title>${name}</title><script type="application/ld+json">${JSON.stringify(video)}</script>`)(exchange)
  }

/** Captions that people wrote, in two languages, and a video of which nobody need fetch anything. */
const captioned = html(
  '<title>A captioned test source</title><video src="/media/ok.mp4"><track kind="subtitles" srclang="en" src="/captions/en.vtt"><track kind="subtitles" srclang="de" src="/captions/de.vtt"></video>',
)

const captions =
  (...lines: readonly string[]): Answer =>
  ({ response }) => {
    const cues = lines.map((line, at) => `00:00:0${at}.000 --> 00:00:0${at + 1}.000\n${line}\n`)
    response.writeHead(200, { 'content-type': 'text/vtt; charset=utf-8' }).end(['WEBVTT\n', ...cues].join('\n'))
  }

const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ response }) =>
    void response.writeHead(code, { 'content-type': 'text/plain', ...headers }).end(`A test source: ${code}.\n`)

const whole: Answer = ({ request, response, media }) => {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': media.length, etag: '"test-source"' })
  response.end(request.method === 'HEAD' ? undefined : media)
}

const slowly: Answer = ({ request, response, media }) => {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': media.length, etag: '"slow-test-source"' })
  if (request.method === 'HEAD') return void response.end()
  const size = Math.ceil(media.length / SLOW_PARTS)
  let sent = 0
  const sendNext = () => {
    response.write(media.subarray(sent, sent + size))
    sent += size
    if (sent < media.length) return
    clearInterval(timer)
    response.end()
  }
  const timer = setInterval(sendNext, SLOW_MS / SLOW_PARTS)
  response.once('close', () => clearInterval(timer))
  sendNext()
}

const garbage: Answer = ({ request, response }) => {
  response.writeHead(200, { 'content-type': 'video/mp4' })
  response.end(request.method === 'HEAD' ? undefined : Buffer.alloc(50_000, 'This is no video. '))
}

const list: Answer = ({ request, response }) => {
  const at = (of: string) => `http://${request.headers.host}${of}`
  const items = ['/ok', '/fail', '/slow'].map(
    (path, index) =>
      `<item><title>Entry ${index + 1}</title><guid>entry-${index + 1}</guid><link>${at(path)}</link></item>`,
  )
  const feed = `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>A list of test sources</title>${items.join('')}</channel></rss>`
  response.writeHead(200, { 'content-type': 'application/xml' }).end(feed)
}

const answers: Readonly<Record<string, Answer>> = {
  '/ok': pageOf('A test source', '/media/ok.mp4'),
  '/slow': pageOf('A slow test source', '/media/slow.mp4'),
  '/broken': pageOf('A broken test source', '/media/broken.mp4'),
  '/captions': captioned,
  '/list': list,
  '/no-video': html('<title>A page without a video</title><p>Nothing to see here.</p>'),
  '/fail': status(404),
  '/forbidden': status(403),
  '/bot-check': status(403, { 'cf-mitigated': 'challenge' }),
  '/login': status(401, { 'www-authenticate': 'Basic realm="test"' }),
  '/geo-restricted': status(451),
  '/rate-limited': status(429, { 'retry-after': '2' }),
  '/unavailable': status(503),
  '/captions/en.vtt': captions('A test source speaks.', 'It says this and no more.'),
  '/captions/de.vtt': captions('Eine Testquelle spricht.', 'Sie sagt dies und nicht mehr.'),
  '/media/ok.mp4': whole,
  '/media/slow.mp4': slowly,
  '/media/broken.mp4': garbage,
}

/**
 * Every path but these is 404, as `/fail`. Never throws: it runs in a listener, and what is thrown there ends the worker. The path
 * is whatever somebody has put into an address, and is not read as a URL, since not every path is one.
 */
export function answerTest(exchange: Exchange): void {
  const [path = '/'] = (exchange.request.url ?? '/').split('?', 1)
  const answer = Object.hasOwn(answers, path) ? answers[path] : undefined
  try {
    ;(answer ?? status(404))(exchange)
  } catch {
    if (exchange.response.headersSent) exchange.response.destroy()
    else status(404)(exchange)
  }
}
