/** A source that serves browsers alone is asked as one, through the proxy alone; and it is said where that cannot be. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startListener, temporaryFolder } from '@video-scraper/testkit'
import type { Engine } from '../src/index.ts'
import { changedYtdlp } from './changed-ytdlp.ts'
import { type Stage, startStage, WARM } from './stage.ts'

const GENERIC = 'yt_dlp/extractor/generic.py'
const LIBRARY = ['curl_cffi', '_cffi_backend.*', 'cffi']

let stage: Stage
let homes: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  stage = await startStage({ scheme: 'https', warm: null })
  homes = await temporaryFolder()
})
afterAll(async () => {
  await stage.stop()
  await homes.remove()
})

const infoOf = async (url: string, engine: Engine = stage.engine) => engine.extractInfo({ url }, await stage.job())
const sizeOf = async (url: string, engine: Engine = stage.engine) => {
  const { path } = await engine.download({ url, options: {} }, await stage.job())
  return statSync(path).size
}

/** A yt-dlp that asks for every page as a browser from the beginning, as extractors do that know their site. */
const forced = (source: string): string => source.replace("('impersonate', ['false'])", "('impersonate', ['chrome'])")
const forcedHome = (name: string): string =>
  changedYtdlp(stage.options.home, join(homes.path, name), { [GENERIC]: forced })

describe.each([
  ['cold', null],
  ['warm', WARM],
])('%s', (_how, warm) => {
  let engine: Engine
  beforeAll(async () => {
    engine = stage.engineWith(warm === null ? {} : { warm })
    await engine.warmUp()
  })

  test('a page that serves browsers alone is read and its video is downloaded', async () => {
    const url = stage.site.url('/browsers-only/jsonld', { src: '/browsers-only/video.mp4' })
    await expect(infoOf(url, engine)).resolves.toMatchObject({ title: 'A described video' })
    expect(await sizeOf(url, engine)).toBe(await sizeOf(stage.site.url('/video.mp4'), engine))
    if (warm !== null) expect(engine.warmth()).toMatchObject({ warm: 3, cold: 0 })
  })

  test('so is a stream in segments, asked for by several threads', async () => {
    const through = await sizeOf(stage.site.url('/browsers-only/hls/simple.m3u8'), engine)
    expect(through).toBe(await sizeOf(stage.site.url('/hls/simple.m3u8'), engine))
  })

  test.each([
    ['redirects to an address inside', '/redirect', 'to', 'https'],
    ['redirects to one over http', '/redirect', 'to', 'http'],
    ['shows a video that lies inside', '/page', 'src', 'https'],
  ])('asked as a browser, a source that %s is refused at the proxy', async (_what, path, parameter, scheme) => {
    const inside = await startListener()
    const home = forcedHome(`${scheme}${path.slice(1)}${warm === null}`)
    const careful = stage.engineWith({ home, ...(warm && { warm }) })
    await careful.warmUp()
    const url = stage.site.url(path, { [parameter]: `${scheme}://127.0.0.1:${inside.port}/video.mp4` })
    const failure = careful.download({ url, options: {} }, await stage.job())
    await expect(failure).rejects.toMatchObject({ code: 'blocked_target', retryable: false })
    expect(inside.connections()).toEqual([])
    await inside.stop()
  })
})

test('a host that has let a browser in is asked as one at once, and a refusal of both costs one request more', async () => {
  const before = stage.site.requests().length
  await sizeOf(stage.site.url('/browsers-only/hls/simple.m3u8'))
  const asked = stage.site.requests().slice(before)
  expect(asked.filter(({ status }) => status === 403)).toHaveLength(1)

  const refused = stage.site.requests('/status/403').length
  await expect(infoOf(stage.site.url('/status/403'))).rejects.toMatchObject({ code: 'forbidden' })
  expect(stage.site.requests('/status/403').length - refused).toBe(2)
})

test('a challenge that no library passes is no matter of time', async () => {
  const failure = infoOf(stage.site.url('/challenge'))
  await expect(failure).rejects.toMatchObject({ code: 'bot_check', retryable: false })
})

test('the authorities of the operator are trusted there too, and no others', async () => {
  const url = stage.site.url('/browsers-only/page')
  const { authorityFile: _, ...without } = stage.options
  const strict = stage.engineFrom({ ...without, home: forcedHome('strict') })
  await expect(infoOf(url, strict)).rejects.toMatchObject({ code: 'bad_certificate' })
  await expect(infoOf(url, stage.engineWith({ home: forcedHome('trusting') }))).resolves.toBeDefined()
})

describe('without the library', () => {
  const bare = (name: string, change = (source: string) => `${source}\n`): Engine => {
    const folder = join(homes.path, name)
    return stage.engineWith({ home: changedYtdlp(stage.options.home, folder, { [GENERIC]: change }, LIBRARY) })
  }

  test('a refusal is what it was, since nobody asked for a browser', async () => {
    const failure = infoOf(stage.site.url('/browsers-only/page'), bare('plain'))
    await expect(failure).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('it is warned of where an extractor asks for a browser, and the refusal that follows is final', async () => {
    const engine = bare('asking', forced)
    const job = await stage.job()
    await expect(engine.extractInfo({ url: stage.site.url('/page') }, job)).resolves.toBeDefined()
    expect(job.seen.at(-1)?.warnings).toContain('impersonation_missing')
    const failure = infoOf(stage.site.url('/browsers-only/page'), engine)
    await expect(failure).rejects.toMatchObject({ code: 'impersonation_missing', retryable: false })
  })

  test('a challenge says so too, and so does an extractor that insists', async () => {
    const insisting = (source: string): string =>
      forced(source).replace('impersonate=impersonate)', 'impersonate=impersonate, require_impersonation=True)')
    const challenge = infoOf(stage.site.url('/challenge'), bare('challenged'))
    await expect(challenge).rejects.toMatchObject({ code: 'impersonation_missing', retryable: false })
    const failure = infoOf(stage.site.url('/page'), bare('insisting', insisting))
    await expect(failure).rejects.toMatchObject({ code: 'impersonation_missing' })
  })
})
