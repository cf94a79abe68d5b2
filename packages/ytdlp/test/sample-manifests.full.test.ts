/** The kinds of public test streams: what is listed equals `yt-dlp -J`, what is downloaded is whole, or the failure is true. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { FailureCode } from '@video-scraper/contracts'
import { readRuntime, sampleManifests } from '@video-scraper/testkit'
import { PROTOCOLS } from '../src/options/allowed-protocols.ts'
import { type Stage, startStage, streamsOf, WARM } from './stage.ts'

/** What a download becomes: the streams in it and its length in seconds, or the failure. */
type Outcome = { readonly streams: readonly string[]; readonly seconds: number } | FailureCode

const WHOLE: Outcome = { streams: ['audio', 'video'], seconds: 3 }
const SOUND: Outcome = { streams: ['audio'], seconds: 3 }

/** What differs from a whole download of picture and sound. */
const outcomes: Readonly<Record<string, Outcome>> = {
  'hls-discontinuity.m3u8': { streams: ['audio', 'video'], seconds: 6 },
  'hls-live.m3u8': 'live_not_supported',
  'hls-gap.m3u8': { streams: ['audio', 'video'], seconds: 3 },
  'hls-sample-aes.m3u8': 'drm_protected',
  'hls-session-key.m3u8': 'drm_protected',
  'hls-audio-only.m3u8': SOUND,
  'dash-audio-only.mpd': SOUND,
  'dash-protected.mpd': 'drm_protected',
  'dash-live.mpd': 'live_not_supported',
}

/** yt-dlp refuses the mark before a playlist, so it is asked for the same without one. */
const sameAs: Readonly<Record<string, string>> = { 'hls-bom.m3u8': 'hls-media.m3u8' }

interface Listed {
  readonly format_id: string
  readonly ext: string | null
  readonly protocol: string | null
  readonly vcodec: string | null
  readonly acodec: string | null
  readonly width: number | null
  readonly height: number | null
  readonly language: string | null
  readonly has_drm?: boolean | null
}
const FACTS = ['format_id', 'ext', 'protocol', 'vcodec', 'acodec', 'width', 'height', 'language'] as const

/** Asks yt-dlp itself, as `-J` does, for all addresses in one process. */
const ASK = `
import json, sys
sys.path.insert(0, sys.argv[1])
from yt_dlp import YoutubeDL
answers = {}
with YoutubeDL({'quiet': True, 'no_warnings': True, 'cachedir': False, 'simulate': True, 'format': 'b*/all'}) as ydl:
    for url in sys.argv[2:]:
        try:
            info = ydl.sanitize_info(ydl.extract_info(url, download=False))
            answers[url] = [{key: each.get(key) for key in ${JSON.stringify([...FACTS, 'has_drm'])}} for each in info['formats']]
        except Exception:
            answers[url] = None
print(json.dumps(answers))
`

let stage: Stage
let answers: Record<string, Listed[] | null>
beforeAll(async () => {
  stage = await startStage({ warm: WARM })
  const { python, ytdlp } = readRuntime()
  const urls = sampleManifests.map((name) => stage.site.url(`/samples/${name}`))
  const { stdout } = await promisify(execFile)(python, ['-I', '-S', '-B', '-c', ASK, ytdlp, ...urls], { env: {} })
  answers = JSON.parse(stdout)
}, 120_000)
afterAll(() => stage.stop())

test('there are at least 27 kinds', () => {
  expect(sampleManifests.length).toBeGreaterThanOrEqual(27)
  expect(Object.keys(outcomes).filter((name) => !sampleManifests.includes(name))).toEqual([])
})

const factsOf = (format: Listed) => Object.fromEntries(FACTS.map((fact) => [fact, format[fact] ?? null]))
const offered = ({ has_drm, protocol }: Listed) => has_drm !== true && PROTOCOLS.some((each) => each === protocol)

test.each(sampleManifests)('%s is listed as yt-dlp lists it', async (name) => {
  const url = stage.site.url(`/samples/${name}`)
  const listed = answers[stage.site.url(`/samples/${sameAs[name] ?? name}`)] ?? []
  const info = stage.engine.extractInfo({ url }, await stage.job())
  const outcome = outcomes[name] ?? WHOLE
  if (listed.filter(offered).length > 0) {
    expect((await info).formats.map(factsOf)).toEqual(listed.filter(offered).map(factsOf))
  } else await expect(info).rejects.toMatchObject({ code: outcome })
})

test.each(sampleManifests)('%s is downloaded whole, or fails with its reason', async (name) => {
  const url = stage.site.url(`/samples/${name}`)
  const outcome = outcomes[name] ?? WHOLE
  const download = stage.engine.download({ url, options: {} }, await stage.job())
  if (typeof outcome === 'string') {
    await expect(download).rejects.toMatchObject({ code: outcome })
    return
  }
  const { path } = await download
  expect(await streamsOf(path)).toEqual(outcome.streams)
  expect(Math.abs((await secondsOf(path)) - outcome.seconds)).toBeLessThan(0.5)
})

async function secondsOf(path: string): Promise<number> {
  const flags = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]
  return Number((await promisify(execFile)(readRuntime().ffprobe, flags)).stdout)
}
