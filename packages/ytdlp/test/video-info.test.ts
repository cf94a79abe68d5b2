import { expect, test } from '@jest/globals'
import { videoInfoOf } from '../src/video-info.ts'

const format = (format_id: string, known: object) => ({ format_id, ext: 'mp4', protocol: 'https', ...known })

test('only what a download would accept is listed', () => {
  const { formats } = videoInfoOf({
    formats: [
      format('plain', {}),
      format('protected', { has_drm: true }),
      format('storyboard', { protocol: 'mhtml' }),
      format('rtmp', { protocol: 'rtmp' }),
      format('websocket', { protocol: 'websocket_frag' }),
      format('both', { protocol: 'https+https' }),
      format('hls', { protocol: 'm3u8_native' }),
      format('dash', { protocol: 'http_dash_segments' }),
    ],
  })
  expect(formats.map(({ format_id }) => format_id)).toEqual(['plain', 'hls', 'dash'])
})

test('what is missing or of another type is null, and what is not asked for is gone', () => {
  const info = videoInfoOf({
    title: 1,
    duration: '60',
    cookies: 'secret',
    formats: [format('a', { cookies: 'secret', tbr: 'x' })],
  })
  expect(JSON.stringify(info)).not.toContain('secret')
  expect(info).toMatchObject({ title: null, duration: null, uploader: null, playlist_count: null })
  expect(info.formats[0]).toMatchObject({ tbr: null, vcodec: null })
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//host/x'])(
  '%s is no address for a link',
  (address) => {
    expect(videoInfoOf({ thumbnail: address, webpage_url: address, formats: [] })).toMatchObject({
      thumbnail: null,
      webpage_url: null,
    })
  },
)

test('a header that the runner has cut, or may have cut, is left out: it would be a wrong one', () => {
  const http_headers = { Accept: 'x'.repeat(999), Referer: 'x'.repeat(1000), Origin: 1 }
  const [shown] = videoInfoOf({ formats: [format('a', { url: 'https://example.com/a', http_headers })] }).formats
  expect(shown).toMatchObject({ url: 'https://example.com/a', http_headers: { Accept: 'x'.repeat(999) } })
  expect(Object.keys(shown?.http_headers ?? {})).toEqual(['Accept'])
})
