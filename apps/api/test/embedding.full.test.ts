/** A page of another origin, in a real Chromium: it shows a file by its link, and no file without one. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { createMedia, temporaryFolder } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const TIMEOUT_MS = 60_000

/** Opens a page that holds one `<video>` and says what became of it. */
async function outcomeOf(source: string): Promise<string> {
  const script = `video.onloadedmetadata = () => document.title = 'shown ' + video.videoWidth; video.onerror = () => document.title = 'refused'`
  const page = `<!doctype html><title>loading</title><video id="video" muted></video><script>${script}; video.src = ${JSON.stringify(source)}</script>`
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const profile = await temporaryFolder()
  try {
    const { port } = server.address() as AddressInfo
    const { stdout } = await promisify(execFile)(
      'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        `--user-data-dir=${profile.path}`,
        '--virtual-time-budget=15000',
        '--dump-dom',
        `http://127.0.0.1:${port}/`,
      ],
      { timeout: TIMEOUT_MS },
    )
    return /<title>([^<]*)<\/title>/.exec(stdout)?.[1] ?? stdout
  } finally {
    server.close()
    await profile.remove()
  }
}

test('a page of another origin shows a file by its link; without one, or by a link that is not good, it shows nothing', async () => {
  const gateway = await rig.gateway()
  const content = await createMedia().read('video', 'video.mp4')
  if (content === null) throw new Error('There is no such medium.')
  const entry = await publishFile(rig, { jobId: downloadId('e'), content })
  const path = `/api/video-scraper/download/${entry.filename}`
  const origin = await gateway.origin()
  const { url } = (await gateway.post(`${path}/link`, { disposition: 'inline' })).json()
  expect(await outcomeOf(`${origin}${url}`)).toMatch(/^shown [1-9]/)
  expect(await outcomeOf(`${origin}${path}?disposition=inline`)).toBe('refused')
  expect(await outcomeOf(`${origin}${url}x`)).toBe('refused')
}, 240_000)
