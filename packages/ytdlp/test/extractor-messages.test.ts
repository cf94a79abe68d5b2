/** What an extractor says decides the code of a failure; what the page is called does not. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { warningOf } from '../src/warnings.ts'
import { extractorMessages } from './fixtures/extractor-messages.ts'
import { codeOfRaised, raisedFor } from './raised-messages.ts'
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

test('the messages stand in the source of the pinned yt-dlp', () => {
  const { ytdlp } = readRuntime()
  expect(extractorMessages.length).toBeGreaterThanOrEqual(50)
  for (const { file, message } of extractorMessages) {
    expect(readFileSync(join(ytdlp, 'yt_dlp', 'extractor', file), 'utf8')).toContain(message)
  }
})

test.each(['a1b2c3', ...HOSTILE_NAMES])('each of 50 messages has its own code for a page called %j', async (name) => {
  const raised = await raisedFor(name, extractorMessages)
  const codes = raised.map((each, index) => `${extractorMessages[index]?.message}: ${codeOfRaised(each, name)}`)
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
