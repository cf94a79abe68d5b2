/** A record of one address without a list of formats is a format itself, and what is listed can be asked for. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Stage, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const OCTETS = 'application/octet-stream'

test.each([
  ['an mp4', 'video.mp4', 'video/video.mp4', OCTETS, ['audio', 'video']],
  ['a webm', 'video.webm', 'webm/video.webm', OCTETS, ['audio', 'video']],
  ['sound', 'audio.mp3', 'audio/audio.mp3', 'binary/octet-stream', ['audio']],
  ['an mp4 with a name that says nothing', 'get', 'video/video.mp4', OCTETS, ['audio', 'video']],
  ['an mp4 sent as text', 'video.mp4', 'video/video.mp4', 'text/plain', ['audio', 'video']],
])('%s is listed and downloaded by its id, fresh and from a record', async (_what, name, of, type, streams) => {
  const url = stage.site.url(`/sent-as/${name}`, { of, type })
  const records: Buffer[] = []
  const info = await stage.engine.extractInfo({ url, onRecord: (record) => records.push(record) }, await stage.job())
  expect(info.formats).toHaveLength(1)
  const [format] = info.formats
  expect(format).toMatchObject({ format_id: expect.stringMatching(/./), protocol: 'http' })
  for (const extraction of [null, records[0] ?? null]) {
    for (const options of [{}, { format_id: format?.format_id ?? '' }]) {
      let stale = 0
      const media = await stage.engine.download(
        { url, options, extraction, onStale: () => (stale += 1) },
        await stage.job(),
      )
      expect(stale).toBe(0)
      expect(await streamsOf(media.path)).toEqual(streams)
    }
  }
})

test('the same record behind a feed and behind a redirect', async () => {
  const of = encodeURIComponent(`/sent-as/video.mp4?of=video/video.mp4&type=${OCTETS}`)
  for (const path of [`/lists/feed.xml?item=link:${of}`, `/redirect?to=${of}`]) {
    const { formats } = await stage.engine.extractInfo({ url: stage.site.url(path) }, await stage.job())
    expect(formats).toHaveLength(1)
    const options = { format_id: formats[0]?.format_id ?? '' }
    const media = await stage.engine.download({ url: stage.site.url(path), options }, await stage.job())
    expect(await streamsOf(media.path)).toEqual(['audio', 'video'])
  }
})
