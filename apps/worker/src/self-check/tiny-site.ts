/** A site of two addresses on loopback, for as long as a check takes: a page that describes a video, and a playlist of HLS. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const ANSWERS: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/page': [
    'text/html',
    '<!doctype html><title>A check</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"VideoObject","name":"A check","contentUrl":"http://HOST/video.mp4"}</script>',
  ],
  '/playlist.m3u8': [
    'application/vnd.apple.mpegurl',
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=16x16,CODECS="avc1.42c00a"\n/variant.m3u8\n',
  ],
  '/variant.m3u8': [
    'application/vnd.apple.mpegurl',
    '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/0.ts\n#EXT-X-ENDLIST\n',
  ],
  '/video.mp4': ['video/mp4', 'The first bytes are looked at, and no more.'],
}

/** `host`: `127.0.0.1:PORT`. */
export async function startTinySite(): Promise<{ host: string; stop(): Promise<void> }> {
  const server = createServer(({ url = '', headers }, response) => {
    const [type, text] = ANSWERS[url] ?? ['text/plain', '']
    const body = text.replace('HOST', headers.host ?? '')
    response.writeHead(ANSWERS[url] ? 200 : 404, { 'content-type': type, 'content-length': body.length }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
