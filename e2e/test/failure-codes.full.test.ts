/** Every code with which a job can end badly, brought about for real: by a site, or by what happens to the machine. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { FailureCode } from '@video-scraper/contracts'
import { failureRules } from '@video-scraper/core'
import {
  eventually,
  processesMentioning,
  type Stack,
  startStack,
  startVideoSite,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'

jest.setTimeout(240_000)

interface Source {
  /** On the local video site. */
  readonly path: string
  /** Default: http. The site speaks nothing else. */
  readonly scheme?: 'https'
  readonly formatId?: string
  /** Default: a download. */
  readonly kind?: 'info' | 'transcript'
  /** What happens to the machine while a worker works on the job. */
  readonly during?: (id: string) => Promise<void>
}

/** What no source can bring about, and the test that does. */
interface Elsewhere {
  readonly why: string
  readonly test: string
}

/** A disk that is full: what is written to this device is refused with ENOSPC by the kernel. */
async function killTheProcess(id: string): Promise<void> {
  await eventually(() => site.requests('/stall-page').some(({ search }) => search.includes('killed')), {
    timeoutMs: 120_000,
  })
  for (const { pid } of processesMentioning(id)) process.kill(pid, 'SIGKILL')
}

/** A new code does not compile without a row. */
const provocations = {
  unsupported_url: { path: '/page-without-video' },
  video_unavailable: { path: '/status/404' },
  format_unavailable: { path: '/video.mp4', formatId: 'no-such' },
  option_unavailable: {
    why: 'It takes options that no other source here is asked with.',
    test: 'packages/ytdlp/test/choices.test.ts',
  },
  rate_limited: { path: '/status/429?retry-after=60' },
  forbidden: { path: '/status/403' },
  bot_check: { path: '/challenge' },
  impersonation_missing: {
    why: 'It takes a yt-dlp without the library that imitates browsers.',
    test: 'packages/ytdlp/test/impersonation.test.ts',
  },
  no_captions: { path: '/video.mp4', kind: 'transcript' },
  login_required: { path: '/status/401' },
  cookies_expired: {
    why: 'It takes cookies, which a service without keys keeps none of.',
    test: 'e2e/test/cookies.test.ts',
  },
  age_restricted: {
    why: 'Only the extractor of a site says it.',
    test: 'packages/ytdlp/test/fixtures/extractor-messages.ts',
  },
  private_video: {
    why: 'Only the extractor of a site says it.',
    test: 'packages/ytdlp/test/fixtures/extractor-messages.ts',
  },
  geo_restricted: { path: '/status/451' },
  drm_protected: { path: '/protected.m3u8' },
  sabr_only: {
    why: 'Only the extractor of YouTube says it.',
    test: 'packages/ytdlp/test/youtube.full.test.ts',
  },
  live_not_supported: { path: '/live.m3u8' },
  live_not_started: {
    why: 'Only the extractor of a site says it, and its address leads to this site behind a proxy alone.',
    test: 'e2e/test/upcoming.full.test.ts',
  },
  blocked_target: { path: '/redirect?to=http://127.0.0.1:9/' },
  file_too_large: { path: '/endless.mp4' },
  disk_full: { why: 'It takes a disk of its own.', test: 'e2e/test/full-disk.full.test.ts' },
  quota_exceeded: {
    why: 'What an owner may keep would be too little for the others here.',
    test: 'e2e/test/quota.full.test.ts',
  },
  exit_unavailable: { why: 'It takes an operator with exits.', test: 'e2e/test/exits.full.test.ts' },
  network_error: { path: '/reset.mp4' },
  bad_certificate: { path: '/video.mp4', scheme: 'https' },
  timeout: { path: '/stall-page', kind: 'info' },
  stalled: { path: '/stall.mp4' },
  cpu_limit_exceeded: { path: '/hostile/busy?kilobytes=3000' },
  memory_limit_exceeded: { path: '/hostile/bomb?bytes=8000000000' },
  transcode_limit: {
    why: 'It takes options that no other source here is asked with.',
    test: 'e2e/test/transcode-bound.full.test.ts',
  },
  extractor_broken: { path: '/nothing.mpd' },
  postprocessing_failed: { path: '/garbage.mpd' },
  invalid_media: { path: '/not-a-video.mp4' },
  delivery_blocked: { why: 'It takes a destination.', test: 'e2e/test/destination.test.ts' },
  delivery_refused: { why: 'It takes a destination.', test: 'e2e/test/destination.test.ts' },
  delivery_failed: { why: 'It takes a destination.', test: 'e2e/test/destination.full.test.ts' },
  job_expired: { why: 'It takes a request that says so.', test: 'e2e/test/expires-in.test.ts' },
  worker_crashed: {
    why: 'It takes the death of four workers in a row, which a source that is bounded cannot cause.',
    test: 'packages/queue/test/crashes.test.ts',
  },
  internal_error: { path: '/stall-page?killed', during: killTheProcess },
} as const satisfies Record<FailureCode, Source | Elsewhere>

const isSource = (row: Source | Elsewhere): row is Source => 'path' in row
const rows: [FailureCode, Source | Elsewhere][] = FailureCode.enum.map((code) => [code, provocations[code]])
const sources = rows.filter((row): row is [FailureCode, Source] => isSource(row[1]))

const SETTINGS = {
  RATE_LIMIT_PER_MINUTE: '0',
  MAX_REQUESTS_PER_MINUTE: '0',
  MAX_DOWNLOADS_PER_CLIENT: '0',
  WORKER_DOWNLOAD_CONCURRENCY: '3',
  MAX_FILE_BYTES: '3000000',
  STALL_SECONDS: '3',
  INFO_TIMEOUT_SECONDS: '5',
  JOB_CPU_SECONDS: '8',
  JOB_MEMORY_BYTES: String(300 * 2 ** 20),
}

let site: VideoSite
let stack: Stack
let client: Client
const startOf = async (kind: Source['kind'], url: string, formatId: string | undefined): Promise<string> => {
  if (kind === 'transcript') return String((await client.post('/api/video-scraper/transcript', { url })).body.job_id)
  return kind === 'info' ? client.info(url) : client.download(url, formatId)
}
const ids = new Map<FailureCode, string>()
const happenings: Promise<void>[] = []

beforeAll(async () => {
  site = await startVideoSite()
  stack = await startStack({ settings: { EGRESS_ALLOW: `${site.host}:${site.port}`, ...SETTINGS } })
  client = clientOf((await stack.startGateway()).origin)
  for (const [code, { path, scheme = 'http', kind, formatId, during }] of sources) {
    const url = site.url(path).replace(/^http:/, `${scheme}:`)
    const id = await startOf(kind, url, formatId)
    ids.set(code, id)
    if (during) happenings.push(during(id))
  }
  await stack.startWorker()
}, 150_000)
afterAll(async () => {
  await Promise.allSettled(happenings)
  await stack.stop()
  await site.stop()
})

test('the table knows every code and no other', () => {
  expect(Object.keys(provocations).toSorted()).toEqual([...FailureCode.enum].toSorted())
})

// A failure that is tried again is reported after its first attempt, so nobody waits for the third.
test.each(sources.filter(([code]) => failureRules[code].retryable))('%s, and the job goes on', async (code) => {
  const id = ids.get(code) ?? ''
  const body = await eventually(
    async () => {
      const status = await (id.startsWith('download_') ? client.downloadStatus(id) : client.infoStatus(id))
      if (!('last_error' in status) && !('code' in status)) throw new Error(`No failure yet: ${JSON.stringify(status)}`)
      return status
    },
    { timeoutMs: 200_000, everyMs: 100 },
  )
  const reported = 'code' in body ? { code: body.code } : body.last_error
  expect(reported).toMatchObject({ code })
})

test.each(sources.filter(([code]) => !failureRules[code].retryable))('%s, and nothing is left', async (code) => {
  const id = ids.get(code) ?? ''
  expect(await client.ended(id, 200_000)).toMatchObject({
    status: 'failed',
    code,
    retryable: false,
    next_step: failureRules[code].nextStep,
    attempts: 1,
  })
  await eventually(() => !existsSync(join(stack.dataDir, 'work', id)), { timeoutMs: 20_000 })
  expect(processesMentioning(id)).toEqual([])
})

test.each(rows.filter(([, row]) => !isSource(row)))(
  '%s cannot come from a source, and is tested',
  async (code, row) => {
    const { test: path } = row as Elsewhere
    const text = await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
    expect(text).toContain(`'${code}'`)
  },
)
