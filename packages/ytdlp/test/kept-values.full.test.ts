/** The real extractor of SoundCloud: its client id is found once for all jobs, and none of them can plant one. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTargetPolicy, parseUpstreamProxy, startEgressProxy } from '@video-scraper/egress'
import {
  createCertificateAuthority,
  type LocalSoundcloud,
  NAMED_ADDRESS,
  startLocalSoundcloud,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import type { Engine, JobContext } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'
import { takenOverHome } from './taken-over.ts'

let stage: Stage
let soundcloud: LocalSoundcloud
let proxy: Awaited<ReturnType<typeof startEgressProxy>>
let folder: TemporaryFolder
let engine: Engine
let number = 0

beforeAll(async () => {
  const authority = createCertificateAuthority()
  soundcloud = await startLocalSoundcloud({ authority })
  const upstream = parseUpstreamProxy(soundcloud.proxyUrl)
  const resolve = async (): Promise<string[]> => [NAMED_ADDRESS]
  stage = await startStage({ scheme: 'https', authority, warm: null, wayOut: { resolve, upstream } })
  // That of the worker itself.
  proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [], resolve }), upstream })
  folder = await temporaryFolder()
  engine = stage.engineWith({
    home: takenOverHome(stage.options, folder.path),
    values: { admit: (name) => proxy.admit(name), folder: join(folder.path, 'values') },
    warm: WARM,
  })
  await engine.warmUp()
})
afterAll(async () => {
  await stage.stop()
  await Promise.all([soundcloud.stop(), proxy.close(), folder.remove()])
})

const scripts = (): number => soundcloud.requests().filter(({ path }) => path.startsWith('/assets/')).length

/** How many formats a job finds, and how often anybody asked for a script of the main page, until all has settled. */
async function ask(request: { cookies?: JobCookiesOfTest } = {}) {
  number += 1
  const before = scripts()
  const context: JobContext = await stage.job()
  const cookies = request.cookies ? { ...request.cookies, file: join(context.folder, 'cookies') } : null
  const { formats, title } = await engine.extractInfo({ url: soundcloud.url(number), cookies }, context)
  expect(title).toBe(`A track called ${number}`)
  await engine.settled()
  return { formats: formats.length, scripts: scripts() - before }
}
type JobCookiesOfTest = { readonly site: string; readonly cookies: readonly object[] }

const usedIds = (): string[] =>
  soundcloud
    .requests()
    .map(({ search }) => new URLSearchParams(search).get('client_id'))
    .filter((id) => id !== null)

test('the first job finds the client id by itself, the worker finds it for all others, and they ask for no script', async () => {
  expect(await ask()).toEqual({ formats: 1, scripts: 2 })
  expect(await ask()).toEqual({ formats: 1, scripts: 0 })
})

test('a client id that the site refuses is replaced', async () => {
  soundcloud.changeClientId()
  expect(await ask()).toEqual({ formats: 1, scripts: 2 })
  expect(await ask()).toEqual({ formats: 1, scripts: 0 })
})

test('a job with cookies is given none, and has none found', async () => {
  const cookies = { site: 'soundcloud.com', cookies: [] }
  expect(await ask({ cookies })).toEqual({ formats: 1, scripts: 1 })
  soundcloud.changeClientId()
  expect(await ask({ cookies })).toEqual({ formats: 1, scripts: 1 })
  expect(await ask()).toEqual({ formats: 1, scripts: 2 })
})

const PLANTED = 'P'.repeat(32)

test('a job that was taken over plants no client id: what it tells is only that there was none', async () => {
  const program = [
    'import os, json, sys',
    `events = [dict(event='value', value='${PLANTED}'), dict(event='missed', kind='soundcloud_client_id', value='${PLANTED}')]`,
    "os.write(3, ''.join(json.dumps(each) + chr(10) for each in events).encode())",
    'frame = sys._getframe()',
    "while not hasattr(frame.f_locals.get('self'), 'cache'): frame = frame.f_back",
    `frame.f_locals['self'].cache.store('soundcloud', 'client_id', '${PLANTED}')`,
    "answers['stored'] = True",
  ]
  // It travels in JSON, which would change quotes and ends of lines.
  soundcloud.describe(`<!--RUNexec(bytes(${JSON.stringify([...Buffer.from(program.join('\n'))])}).decode())RUN-->`)
  // The worker was made to find it anew, and found what the site gives.
  expect(await ask()).toEqual({ formats: 1, scripts: 1 })
  soundcloud.describe('')
  expect(await ask()).toEqual({ formats: 1, scripts: 0 })
  expect(usedIds().at(-1)).toBe(soundcloud.clientId())
  expect(usedIds()).not.toContain(PLANTED)
})
