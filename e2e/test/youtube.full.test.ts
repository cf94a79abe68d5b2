/** The real extractor of YouTube over the whole stack: from POST to a file, over HTTPS, through the proxies. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  createCertificateAuthority,
  eventually,
  type LocalYoutube,
  NAMED_ADDRESS,
  type NameServer,
  type Stack,
  startLocalYoutube,
  startNameServer,
  startStack,
  type TemporaryFolder,
  temporaryFolder,
  YOUTUBE_NAMES,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { WITHOUT_MEMORY } from './surroundings.ts'

let youtube: LocalYoutube
let names: NameServer
let folder: TemporaryFolder
let stack: Stack
let client: Client

beforeAll(async () => {
  const authority = createCertificateAuthority()
  youtube = await startLocalYoutube({ authority, fillerBytes: 20_000 })
  names = await startNameServer(Object.fromEntries(YOUTUBE_NAMES.map((name) => [name, [NAMED_ADDRESS]])))
  folder = await temporaryFolder()
  const authorityFile = join(folder.path, 'authority.pem')
  await writeFile(authorityFile, authority.cert)
  stack = await startStack({
    settings: {
      ...WITHOUT_MEMORY,
      EGRESS_CA_FILE: authorityFile,
      EGRESS_DNS_SERVERS: names.address,
      EGRESS_UPSTREAM_PROXY: youtube.proxyUrl,
    },
  })
  const [gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  client = clientOf(gateway.origin)
})
afterAll(async () => {
  await stack.stop()
  await Promise.all([youtube.stop(), names.stop(), folder.remove()])
})

test('a video that has to be solved goes from POST to a file, and the worker keeps its player', async () => {
  const info = await client.ended(await client.info(youtube.url('solvable', 1)))
  expect(info).toMatchObject({ status: 'completed' })
  const download = await client.ended(await client.download(youtube.url('solvable', 2)))
  expect(download).toMatchObject({ status: 'completed' })
  const asked = () => youtube.requests(youtube.player().path).length
  // The worker prepares it beside the jobs; when it has, nobody asks any more.
  await eventually(
    async () => {
      const before = asked()
      await client.ended(await client.info(youtube.url('solvable', before + 10)))
      expect(asked()).toBe(before)
    },
    { timeoutMs: 30_000 },
  )
})

test('a session for which there is nothing but streams of its own player fails with the sentence that says so', async () => {
  const failed = await client.ended(await client.info(youtube.url('sabronly')))
  expect(failed).toMatchObject({ status: 'failed', code: 'sabr_only' })
})
