/** Files in a bucket: gateway and worker share no disk, clients notice nothing, and a lost index comes back. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import {
  type DisposableS3,
  eventually,
  type Gateway,
  type Stack,
  startS3,
  startStack,
  startVideoSite,
  type TemporaryFolder,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'

jest.setTimeout(120_000)

const REBUILD = fileURLToPath(new URL('../../apps/worker/dist/rebuild-library.js', import.meta.url))

let s3: DisposableS3
let site: VideoSite
let stack: Stack
let gateway: Gateway
let redirecting: Gateway
let client: Client
let ends: TemporaryFolder[]
let workerFolder: string

beforeAll(async () => {
  ends = await Promise.all([temporaryFolder(), temporaryFolder(), temporaryFolder()])
  const [one, other, third] = ends.map(({ path }) => ({ DATA_DIR: path }))
  workerFolder = String(one?.DATA_DIR)
  s3 = await startS3()
  site = await startVideoSite()
  stack = await startStack({
    appendOnly: false,
    settings: {
      ...s3.environment,
      S3_PREFIX: 'films/',
      EGRESS_ALLOW: `${site.host}:${site.port}`,
      DISK_RESERVE_BYTES: '0',
    },
  })
  // One after the other: each loads the SDK.
  gateway = await stack.startGateway(other)
  redirecting = await stack.startGateway({ ...third, S3_DELIVERY: 'redirect' })
  await stack.startWorker(one)
  client = clientOf(gateway.origin)
}, 240_000)
afterAll(async () => {
  await stack?.stop()
  await site?.stop()
  await s3?.stop()
  for (const folder of ends) await folder.remove()
})

const BYTES = 20_000_000

async function downloaded(bytes = BYTES): Promise<Record<string, unknown>> {
  const id = await client.download(site.url('/big.mp4', { bytes, rate: 0 }))
  const download = await client.ended(id, 60_000)
  expect(download).toMatchObject({ status: 'completed', size_bytes: bytes })
  return download
}

const digestOf = async (response: Response) =>
  createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')

const filenames = async () =>
  ((await client.get('/api/video-scraper/downloads')).body as unknown as { filename: string }[]).map(
    ({ filename }) => filename,
  )

test('a download ends in the bucket, and nothing of it stays on the disk of worker or gateway', async () => {
  const { filename } = await downloaded()
  const inBucket = await readdir(join(s3.folder, s3.bucket, 'films'))
  expect(inBucket).toEqual(expect.arrayContaining([filename, `${filename}.json`]))
  await eventually(async () => expect(await readdir(join(workerFolder, 'work'))).toEqual([]))
  expect(await readdir(workerFolder)).not.toContain('library')
})

test('the gateway streams it with ranges and conditions, as from a disk', async () => {
  const { download_url, sha256 } = await downloaded()
  const url = `${gateway.origin}${download_url}`
  const whole = await fetch(url)
  expect(whole.status).toBe(200)
  const etag = String(whole.headers.get('etag'))
  expect(await digestOf(whole)).toBe(sha256)
  const part = await fetch(url, { headers: { range: 'bytes=1000-1999' } })
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 1000])
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(BYTES)])
})

test('a gateway that redirects sends the client to the bucket, and answers HEAD and conditions itself', async () => {
  const { download_url, sha256, filename } = await downloaded()
  const url = `${redirecting.origin}${download_url}`
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(307)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(String(answer.headers.get('location')).startsWith(`${s3.endpoint}/${s3.bucket}/films/${filename}?`)).toBe(true)
  const followed = await fetch(url)
  expect(followed.headers.get('content-disposition')).toMatch(/^attachment; filename=/)
  expect(await digestOf(followed)).toBe(sha256)
  const part = await fetch(url, { headers: { range: 'bytes=5-9' } })
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 5])
  expect((await fetch(url, { method: 'HEAD', redirect: 'manual' })).status).toBe(200)
  const condition = { 'if-none-match': `"${sha256}"` }
  expect((await fetch(url, { redirect: 'manual', headers: condition })).status).toBe(304)
})

test('the address in the bucket holds no longer than the link that led there', async () => {
  const { download_url } = await downloaded()
  const made = await fetch(`${redirecting.origin}${download_url}/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ expires_in: 90 }),
  })
  const { url } = (await made.json()) as { url: string }
  const answer = await fetch(`${redirecting.origin}${url}`, { redirect: 'manual' })
  const seconds = Number(new URL(String(answer.headers.get('location'))).searchParams.get('X-Amz-Expires'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(90)
})

test('after the index was lost, a rebuild beside running processes brings every file back', async () => {
  const { download_url, sha256 } = await downloaded()
  const before = await filenames()
  for (const name of before) expect(name).toMatch(/\.mp4$/)
  // Without its append-only file, a server that starts again knows nothing.
  await stack.redis.restart()
  await eventually(async () => expect(await filenames()).toEqual([]), { timeoutMs: 20_000 })
  const env = { ...s3.environment, S3_PREFIX: 'films/', REDIS_URL: stack.redis.url, DATA_DIR: workerFolder, PATH: '' }
  const { stdout } = await promisify(execFile)(process.execPath, [REBUILD], { env })
  expect(stdout).toContain(`0 files were known, ${before.length} added, 0 expired`)
  expect(await filenames()).toEqual(before)
  expect(await digestOf(await fetch(`${gateway.origin}${download_url}`))).toBe(sha256)
  const again = await promisify(execFile)(process.execPath, [REBUILD], { env })
  expect(again.stdout).toContain(`${before.length} files were known, 0 added`)
})
