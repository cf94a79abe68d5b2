/** Edges of failure codes: odd statuses, repeated headers, pictures and manifests that no player here can fetch. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { nothingToTake } from '../src/nothing-to-take.ts'
import { type Stage, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const infoOf = async (path: string) => stage.engine.extractInfo({ url: stage.site.url(path) }, await stage.job())
const download = async (path: string) =>
  stage.engine.download({ url: stage.site.url(path), options: {} }, await stage.job())

test('the status 999 is a refusal, of a page as of a video', async () => {
  await expect(infoOf('/status/999')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(download('/page?src=/status/999.mp4')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(download('/bad-segment.m3u8?status=999')).rejects.toMatchObject({ code: 'forbidden' })
})

test('a length that is reported twice with one value counts once', async () => {
  expect(await infoOf('/repeated-length.mp4')).toMatchObject({ formats: [{ ext: 'mp4' }] })
  expect(await streamsOf((await download('/repeated-length.mp4')).path)).toEqual(['audio', 'video'])
})

test('one that is reported with two values is no length, and the answer cannot be trusted', async () => {
  await expect(download('/repeated-length.mp4?second=7')).rejects.toMatchObject({ code: 'network_error' })
})

test.each(['/picture.gif', '/thumbnail.jpg'])('%s is no video, and no attempt makes one of it', async (path) => {
  await expect(infoOf(path)).rejects.toMatchObject({ code: 'unsupported_url', retryable: false })
  await expect(download(path)).rejects.toMatchObject({ code: 'unsupported_url', retryable: false })
})

test.each(['/smooth.ism/manifest', '/flash.f4m'])(
  '%s holds no format that can be had, and info says so',
  async (path) => {
    await expect(infoOf(path)).rejects.toMatchObject({ code: 'unsupported_url', retryable: false })
    await expect(download(path)).rejects.toMatchObject({ code: 'unsupported_url', retryable: false })
  },
)

test('where no format is left, the reason is what kept the formats away', () => {
  const protectedFormat = { format_id: '1', protocol: 'https', has_drm: true }
  const foreign = { format_id: '2', protocol: 'rtmp' }
  const good = { format_id: '3', protocol: 'https' }
  expect(nothingToTake({ formats: [protectedFormat, foreign] }, false)).toMatchObject({ code: 'drm_protected' })
  expect(nothingToTake({ formats: [foreign] }, false)).toMatchObject({ code: 'unsupported_url' })
  expect(nothingToTake({ formats: [] }, true)).toMatchObject({ code: 'blocked_target' })
  expect(nothingToTake({ formats: [protectedFormat, good] }, true)).toBeNull()
})
