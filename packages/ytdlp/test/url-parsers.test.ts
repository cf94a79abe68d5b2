/** Whatever an address means to whom: what the policy refuses is fetched by nobody, neither Python, nor curl, nor ffmpeg. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { canonicalSourceUrl } from '@video-scraper/core'
import { createTargetPolicy, type EgressProxy, startEgressProxy, type TargetPolicy } from '@video-scraper/egress'
import { argumentsOf } from '../src/argv.ts'
import { treacherousAddresses } from './fixtures/addresses.ts'
import { type Stage, startStage } from './stage.ts'

const RUNNER = fileURLToPath(new URL('../python', import.meta.url))
const FETCH = fileURLToPath(new URL('./fixtures/fetch_addresses.py', import.meta.url))
const SECRET = 'what nobody may read'
/** The shim of ffmpeg takes a tenth of a second each. */
const FOR_FFMPEG = 12

const visits: string[] = []
const inside = createServer(({ url = '' }, response) => {
  visits.push(url)
  response.end(SECRET)
})

let stage: Stage
let policy: TargetPolicy
let proxy: EgressProxy
let addresses: string[]
let outside: string
beforeAll(async () => {
  stage = await startStage({ scheme: 'http' })
  await new Promise<void>((resolve) => inside.listen(0, '::', resolve))
  const { port } = inside.address() as AddressInfo
  outside = new URL(stage.site.origin).host
  // The port is allowed, so that only the check of addresses can be what protects it.
  const resolve = async (name: string) => (name.endsWith('.test') || name === 'localhost' ? ['127.0.0.1'] : [])
  policy = createTargetPolicy({ allow: [outside], ports: [port, 80, 443], resolve })
  proxy = await startEgressProxy({ policy })
  addresses = treacherousAddresses(port, outside)
})
afterAll(async () => {
  await proxy.close()
  await stage.stop()
  await new Promise((resolve) => inside.close(resolve))
})

async function isRefused(address: string): Promise<boolean> {
  const canonical = canonicalSourceUrl(address)
  if (canonical === null) return true
  const { hostname, port, protocol } = new URL(canonical)
  const number = Number(port || (protocol === 'https:' ? 443 : 80))
  return policy.check(hostname, number).then(
    ({ allowed }) => !allowed,
    () => true,
  )
}

/** What Python and curl got for each address. */
async function fetchedBy(urls: readonly string[]): Promise<[string | null, string | null][]> {
  const { python, home, ffmpegLocation } = stage.options
  const folder = (await stage.job()).folder
  const admission = proxy.admit('the job')
  const parts = {
    mode: 'info',
    folder,
    proxyUrl: admission.proxyUrl,
    ffmpegLocation,
    denoPath: null,
    options: {},
  } as const
  const running = promisify(execFile)(python, ['-I', '-S', '-B', FETCH, home, RUNNER], {
    maxBuffer: 2 ** 24,
    env: { TMPDIR: folder },
  })
  running.child.stdin?.end(JSON.stringify({ argv: argumentsOf(parts), urls }))
  return JSON.parse((await running).stdout)
}

test('both fetch what is allowed', async () => {
  expect(await fetchedBy([`http://${outside}/subtitles.vtt`])).toEqual([
    [expect.stringMatching(/^WEBVTT/), expect.stringMatching(/^WEBVTT/)],
  ])
})

test('neither Python nor curl gets what the policy refuses, however it is spelled', async () => {
  const refused = await Promise.all(addresses.map(isRefused))
  expect(refused.filter(Boolean).length).toBeGreaterThan(200)
  const fetched = await fetchedBy(addresses)
  const escapes = addresses.filter((_, index) => fetched[index]?.includes(SECRET))
  expect({ escapes, visits }).toEqual({ escapes: [], visits: [] })
}, 120_000)

test('ffmpeg opens no address at all', async () => {
  const { ffmpegLocation } = stage.options
  const folder = (await stage.job()).folder
  const env = { VIDEO_SCRAPER_JOB_FOLDER: folder }
  for (const address of addresses.filter(
    (_, index) => index % FOR_FFMPEG === 0 && !addresses[index]?.includes('\u0000'),
  )) {
    const copy = promisify(execFile)(join(ffmpegLocation, 'ffmpeg'), ['-i', address, 'copy.mp4'], { cwd: folder, env })
    await expect(copy).rejects.toMatchObject({ code: expect.any(Number) })
  }
  expect(visits).toEqual([])
}, 120_000)
