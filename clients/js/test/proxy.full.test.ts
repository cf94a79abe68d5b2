/** Node.js 24 goes by the proxy of the environment, as README.md says. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { installedRuntimes } from '../../behaviour/src/javascript-runtime.ts'

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const run = promisify(execFile)

/** A proxy that opens no tunnel, and what it was asked for. */
async function refusingProxy() {
  const seen: (string | undefined)[] = []
  const proxy = createServer((request, response) => {
    seen.push(request.url)
    response.writeHead(502).end()
  })
  // What has no TLS may be tunnelled as well.
  proxy.on('connect', (request, socket) => {
    seen.push(request.url)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, seen, stop: () => proxy.close() }
}

test.each([
  ['1', 1],
  ['0', 0],
])('with NODE_USE_ENV_PROXY=%s it asks the proxy %i times', async (NODE_USE_ENV_PROXY, times) => {
  await run(process.execPath, [file('scripts/build.mjs')])
  const { origin, seen, stop } = await refusingProxy()
  const ask = `import { VideoScraper } from ${JSON.stringify(file('dist/esm/index.js'))}
    const client = new VideoScraper({ baseUrl: 'http://video.invalid', retries: 0 })
    await client.getLiveness().catch(() => undefined)`
  const env = { PATH: process.env.PATH, NODE_USE_ENV_PROXY, HTTP_PROXY: origin }
  await run(installedRuntimes().node24, ['--input-type=module', '--eval', ask], { env }).finally(stop)
  expect(seen).toEqual(Array(times).fill(expect.stringContaining('video.invalid')))
})
