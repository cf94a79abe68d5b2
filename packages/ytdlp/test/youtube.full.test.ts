/** The real extractor of YouTube, against a YouTube of our own that refuses what the real one refuses. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { VideoKindName } from '@video-scraper/testkit'
import { streamsOf } from './stage.ts'
import { startYoutubeStage, type YoutubeStage } from './youtube-stage.ts'

let scene: YoutubeStage

beforeAll(async () => {
  scene = await startYoutubeStage()
})
afterAll(() => scene.stop())

const infoOf = async (kind: VideoKindName, number?: number) =>
  scene.engine.extractInfo({ url: scene.youtube.url(kind, number) }, await scene.stage.job())
const download = async (kind: VideoKindName, number?: number, options = {}) =>
  scene.engine.download({ url: scene.youtube.url(kind, number), options }, await scene.stage.job())

test('a video whose addresses have to be solved is described and downloaded, picture and sound', async () => {
  const info = await infoOf('solvable')
  expect(info).toMatchObject({ title: 'A video called solvable001', extractor: 'youtube', duration: 3 })
  expect(info.formats.map(({ format_id: id }) => id).sort()).toEqual(['136', '140', '18'])

  const file = await download('solvable')
  expect(await streamsOf(file.path)).toEqual(['audio', 'video'])
  const fetched = scene.youtube.requests('/videoplayback')
  expect(fetched.length).toBeGreaterThan(1)
  expect(fetched.every(({ status, search }) => status < 300 && search.includes('sig='))).toBe(true)
})

const refusals = {
  botcheck: 'bot_check',
  agegate: 'age_restricted',
  gone: 'video_unavailable',
  private: 'private_video',
  members: 'login_required',
  upcoming: 'live_not_started',
  sabronly: 'sabr_only',
} as const satisfies Partial<Record<VideoKindName, string>>

test.each(Object.entries(refusals))('%s ends as %s', async (kind, code) => {
  await expect(infoOf(kind as VideoKindName)).rejects.toMatchObject({ code })
})

test('a stream that has not begun says when it will', async () => {
  await expect(infoOf('upcoming')).rejects.toMatchObject({ startsAt: Date.UTC(2100, 0) })
})

test('what is live is described, and not downloaded', async () => {
  expect(await infoOf('live')).toMatchObject({ live_status: 'is_live' })
  await expect(download('live')).rejects.toMatchObject({ code: 'live_not_supported' })
})

test('a wait that the source demands before a download is no stall', async () => {
  const waitSeconds = 6
  const engine = scene.stage.engineWith({ stallSeconds: 3 })
  const startedAt = Date.now()
  const url = scene.youtube.url('adverts', waitSeconds)
  const file = await engine.download({ url, options: {} }, await scene.stage.job())
  expect(await streamsOf(file.path)).toEqual(['audio', 'video'])
  expect(Date.now() - startedAt).toBeGreaterThan((waitSeconds - 1) * 1000)
})
