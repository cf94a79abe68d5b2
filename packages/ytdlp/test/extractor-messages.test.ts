/** What an extractor says decides the code of a failure; what the page is called does not. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { FailureCode } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import { parseEvent } from '../src/events.ts'
import { failureFrom } from '../src/failures.ts'
import { warningOf } from '../src/warnings.ts'
import { extractorMessages } from './fixtures/extractor-messages.ts'
import { type Stage, startStage } from './stage.ts'

/** Names that spell what our patterns look for. */
const HOSTILE_NAMES = [
  'the_premium_of_trust',
  'subscribers-only',
  'premium',
  'sign-in-to-confirm-youre-not-a-bot',
  'private video',
  'this.video.is.DRM.protected.mp4',
  'not-available-in-your-country',
  'login-required--cookies',
  'age-restricted-clip',
  'premieres in 3 hours',
  'rate-limited by us, try again later',
  'HTTP Error 404: Not Found',
  'a (captcha challenge) [x]: Private video',
]

interface Raised {
  readonly message: string
  readonly chain: readonly object[]
}

/** What the runner tells when the real classes raise these messages for a page of this name. */
async function raisedFor(name: string): Promise<Raised[]> {
  const { python, ytdlp } = readRuntime()
  const script = fileURLToPath(new URL('./fixtures/raise_messages.py', import.meta.url))
  const runner = fileURLToPath(new URL('../python', import.meta.url))
  const running = execFileWithInput(python, ['-I', '-S', '-B', script, ytdlp, runner])
  const cases = extractorMessages.map(({ how, message, expected }) => ({
    how,
    expected,
    id: name,
    message: message.replace(/\{(?!url\})\w+\}/, '{id}'),
  }))
  return JSON.parse(await running(JSON.stringify(cases)))
}

const execFileWithInput =
  (program: string, argv: readonly string[]) =>
  (input: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = execFile(program, argv, (error, stdout) => (error ? reject(error) : resolve(stdout)))
      child.stdin?.end(input)
    })

function codeOf(raised: Raised | undefined, name: string): FailureCode {
  const event = parseEvent(JSON.stringify({ event: 'error', ...raised }))
  if (event?.event !== 'error') throw new Error('It is no error event.')
  const about = {
    formatRequested: false,
    blocked: false,
    exceeded: false,
    sabrOnly: false,
    impersonationMissing: false,
    nowMs: 0,
  }
  return failureFrom({ ...event, ...about, address: `https://a.example/1/${encodeURIComponent(name)}` }).code
}

test('the messages stand in the source of the pinned yt-dlp', () => {
  const { ytdlp } = readRuntime()
  expect(extractorMessages.length).toBeGreaterThanOrEqual(50)
  for (const { file, message } of extractorMessages) {
    expect(readFileSync(join(ytdlp, 'yt_dlp', 'extractor', file), 'utf8')).toContain(message)
  }
})

test.each(['a1b2c3', ...HOSTILE_NAMES])('each of 50 messages has its own code for a page called %j', async (name) => {
  const raised = await raisedFor(name)
  const codes = raised.map((each, index) => `${extractorMessages[index]?.message}: ${codeOf(each, name)}`)
  expect(codes).toEqual(extractorMessages.map(({ message, code }) => `${message}: ${code}`))
})

test.each(HOSTILE_NAMES)('a page called %j gives no warning another meaning', (name) => {
  const names = [name, encodeURIComponent(name)]
  expect(warningOf(`[generic] ${name}: Falling back on generic information extractor`, names)).toBe(
    'generic_extraction',
  )
  expect(warningOf(`[x] ${name}: unable to extract uploader; please report this issue`, names)).toBe(
    'metadata_incomplete',
  )
})

describe('on the site', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage()
  })
  afterAll(() => stage.stop())

  test.each([
    [404, 'video_unavailable'],
    [403, 'forbidden'],
    [503, 'network_error'],
    [429, 'rate_limited'],
    [401, 'login_required'],
  ] as const)('a page that answers %d is named after it, whatever it is called', async (status, code) => {
    for (const name of ['the_premium_of_trust', 'subscribers-DRM-protected', 'Private%20video.mp4']) {
      const url = stage.site.url(`/named/${status}/${name}`)
      await expect(stage.engine.extractInfo({ url }, await stage.job())).rejects.toMatchObject({ code })
    }
  })

  test('the reason behind a status is not believed', async () => {
    const url = stage.site.url('/status/403', { reason: 'Sign in, this video is DRM protected' })
    await expect(stage.engine.extractInfo({ url }, await stage.job())).rejects.toMatchObject({ code: 'forbidden' })
  })
})
