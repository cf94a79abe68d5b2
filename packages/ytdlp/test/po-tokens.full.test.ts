/** PO tokens with the real extractor: the local YouTube gives its formats to who has the token, and the provider is bgutil's protocol. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createTokenProvider, TOKEN_ADDRESS } from '@video-scraper/egress'
import { poTokenFor, startTokenProvider, type TokenProviderStandIn } from '@video-scraper/testkit'
import type { Engine } from '../src/index.ts'
import { streamsOf } from './stage.ts'
import { startYoutubeStage, type YoutubeStage } from './youtube-stage.ts'

const WITHIN_MS = 1_500
const VISITOR_DATA = 'CgtsaXR0bGUtdmlzaXRvcg%3D%3D'
const TOKEN = poTokenFor(VISITOR_DATA)

let provider: TokenProviderStandIn
let scene: YoutubeStage
let engine: Engine
const written: string[] = []

beforeAll(async () => {
  provider = await startTokenProvider()
  const tokens = createTokenProvider({ url: new URL(provider.url), withinMs: WITHIN_MS, outageMs: 1 })
  scene = await startYoutubeStage({ tokens })
  const log = (fields: object) => void written.push(JSON.stringify(fields))
  engine = scene.stage.engineWith({ tokenAddress: TOKEN_ADDRESS, logger: { debug: log, warn: log } })
  await engine.warmUp()
})
afterAll(async () => {
  await scene.stop()
  await provider.stop()
})
beforeEach(() => provider.behave('gives tokens'))

const idsOf = ({ formats }: Awaited<ReturnType<Engine['extractInfo']>>) => formats.map((each) => each.format_id).sort()
const tokensAt = () =>
  scene.youtube.requests('/videoplayback').map(({ search }) => new URLSearchParams(search).get('pot'))

test('a guarded video is described and downloaded with the token of its session, which stands nowhere else', async () => {
  const records: Buffer[] = []
  const job = await scene.stage.job()
  const url = scene.youtube.url('guarded', 1)
  const info = await engine.extractInfo(
    { url, options: { media_urls: true }, onRecord: (record) => void records.push(record) },
    job,
  )
  expect(idsOf(info)).toEqual(['136', '140', '18'])
  expect(job.seen.at(-1)?.warnings).toBeUndefined()

  const download = await scene.stage.job()
  const file = await engine.download({ url, options: {} }, download)
  expect(await streamsOf(file.path)).toEqual(['audio', 'video'])
  const asked = tokensAt()
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.every((token) => token === TOKEN)).toBe(true)
  expect(provider.asked.map(({ request }) => request)).toEqual(['POST /get_pot', 'POST /get_pot'])

  // Whoever asks for the address next would be given a record, and addresses for a client.
  expect(records).toEqual([])
  expect(info.formats.map(({ url: address }) => address)).toEqual([null, null, null])
  const left = readdirSync(download.folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(each.parentPath, each.name), 'latin1'))
  const everything = [JSON.stringify([info, file, job.seen, download.seen]), ...written, ...left].join('\n')
  for (const secret of [TOKEN, VISITOR_DATA, decodeURIComponent(VISITOR_DATA)]) expect(everything).not.toContain(secret)
})

test('the question holds nothing of the job: not its proxy, not its token', async () => {
  const job = await scene.stage.job()
  await engine.extractInfo({ url: scene.youtube.url('guarded', 2) }, job)
  const { username, password } = new URL(job.egress.proxyUrl)
  const said = JSON.stringify(provider.asked.at(-1))
  expect(said).toContain(VISITOR_DATA)
  for (const secret of [username, password]) expect(said).not.toContain(secret)
  // The exit of this stage, through which the provider is to ask as well.
  expect(provider.asked.at(-1)?.fields.proxy).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test.each(['never answers', 'html', 'endless', 'error'] as const)(
  'a provider that %s costs one question, and the job goes on without tokens',
  async (manner) => {
    provider.behave(manner)
    const before = provider.asked.length
    const records: Buffer[] = []
    const job = await scene.stage.job()
    const startedAt = Date.now()
    const url = scene.youtube.url('guarded', 3)
    const info = await engine.extractInfo({ url, onRecord: (record) => void records.push(record) }, job)
    // When the provider is there again, others get more.
    expect(records).toEqual([])
    expect(idsOf(info)).toEqual(['18'])
    expect(job.seen.at(-1)?.warnings).toEqual(expect.arrayContaining(['po_token_failed', 'po_token_missing']))
    expect(job.seen.at(-1)?.warnings).not.toContain('unspecified')
    expect(provider.asked.length - before).toBe(1)
    expect(Date.now() - startedAt).toBeLessThan(WITHIN_MS + 6_000)
  },
)

test('where the operator has chosen clients, none is added, and none needs a token', async () => {
  const own = scene.stage.engineWith({
    tokenAddress: TOKEN_ADDRESS,
    extractorArguments: () => ['--extractor-args=youtube:player_client=visionos'],
  })
  const before = provider.asked.length
  await expect(
    own.extractInfo({ url: scene.youtube.url('guarded', 4) }, await scene.stage.job()),
  ).rejects.toMatchObject({ code: 'video_unavailable' })
  expect(provider.asked.length).toBe(before)
})

test('what holds no token is kept for others, though one was asked for', async () => {
  const records: Buffer[] = []
  const before = provider.asked.length
  const url = scene.youtube.url('solvable', 5)
  // yt-dlp asks for a token for `web`, whose formats have no address here.
  const own = scene.stage.engineWith({
    tokenAddress: TOKEN_ADDRESS,
    extractorArguments: () => ['--extractor-args=youtube:player_client=web,tv'],
  })
  await own.extractInfo({ url, onRecord: (record) => void records.push(record) }, await scene.stage.job())
  expect(provider.asked.length).toBe(before + 1)
  expect(records).toHaveLength(1)
})
