/** Stories of somebody who uses the stack as it is meant. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createClient, ORIGINS, site } from './client.mjs'

export async function swaggerLoads(composition) {
  const { get, request } = createClient(composition)
  assert.equal((await get('/api/status')).status, 'operational')
  const page = await request('/docs/')
  const html = await page.text()
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-type'), /text\/html/)
  assert.match(html, /swagger-ui/)
  const scripts = [...html.matchAll(/<script src="([^"]+)"/g)].map(([, source]) => source)
  assert.ok(scripts.length > 0, 'the page has no scripts')
  for (const source of scripts) assert.equal((await request(new URL(source, page.url))).status, 200, source)
  assert.match((await get('/openapi.json')).openapi, /^3\.1/)
}

export async function infoAndFile(composition) {
  const client = createClient(composition)
  for (const origin of [ORIGINS.https, ORIGINS.http]) {
    const described = await client.described(await client.startInfo(site('/jsonld', {}, origin)))
    assert.equal(described.status, 'completed', JSON.stringify(described))
    assert.equal(described.video_info.title, 'A described video')
  }

  const seen = new Set()
  const video = site('/slow.mp4', { bytes: 600_000, rate: 150_000 })
  const id = await client.startDownload(site('/page', { src: video }))
  const done = await client.untilCompleted(id, 90_000, ({ progress }) => progress !== undefined && seen.add(progress))
  const between = [...seen].filter((progress) => progress > 0 && progress < 1)
  assert.ok(between.length >= 3, `progress seen: ${[...seen].join(', ')}`)
  await fileIsAsReported(client, done)
  assert.ok((await client.downloads()).some(({ filename }) => filename === done.filename))
}

/** The file of a completed download, whole and in part, is what its status says. */
export async function fileIsAsReported({ request }, { download_url: url, size_bytes: size, sha256 }) {
  const whole = await request(url)
  const bytes = Buffer.from(await whole.arrayBuffer())
  assert.equal(whole.status, 200)
  assert.equal(bytes.length, size)
  assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256)

  const part = await request(url, { headers: { range: 'bytes=1000-1999' } })
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), `bytes 1000-1999/${size}`)
  assert.ok(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000)))
}
