/** Where pip asks: at the index and through the proxy of the settings, whatever else the environment names. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { findPackageClient } from '../src/updates/package-client.ts'

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

/** Has nothing, and remembers what it was asked for. */
async function startEmptyServer() {
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    response.writeHead(404).end()
  })
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 502 No\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  server.unref()
  await once(server, 'listening')
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

test('an index is asked through the proxy of the settings, and no other is', async () => {
  const [proxy, other] = [await startEmptyServer(), await startEmptyServer()]
  const { python, ytdlp: home } = readRuntime()
  const client = await findPackageClient({
    python,
    home,
    indexUrl: 'https://index.test/simple/',
    proxyUrl: proxy.url,
    authorityFile: '',
    environment: {
      PATH: process.env.PATH,
      https_proxy: other.url,
      http_proxy: other.url,
      ALL_PROXY: other.url,
      no_proxy: 'index.test',
      PIP_PROXY: other.url,
      PIP_INDEX_URL: `${other.url}/simple/`,
      PIP_EXTRA_INDEX_URL: `${other.url}/simple/`,
      PIP_FIND_LINKS: `${other.url}/links/`,
      PIP_NO_INDEX: '1',
      PIP_RETRIES: '0',
    },
  })
  const words = ['download', '--no-deps', '--dest', join(folder.path, 'none'), 'yt-dlp']
  await expect(client.run(words, folder.path, new AbortController().signal)).rejects.toThrow(/yt-dlp/)
  expect(proxy.asked.length).toBeGreaterThan(0)
  for (const each of proxy.asked) expect(each).toContain('index.test')
  expect(other.asked).toEqual([])
  await proxy.stop()
  await other.stop()
}, 60_000)
