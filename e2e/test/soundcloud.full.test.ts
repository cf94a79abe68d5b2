/** The real extractor of SoundCloud over the whole stack: what the site gives to every visitor is asked for once, not by each job. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  createCertificateAuthority,
  eventually,
  type LocalSoundcloud,
  NAMED_ADDRESS,
  type NameServer,
  SOUNDCLOUD_NAMES,
  type Stack,
  startLocalSoundcloud,
  startNameServer,
  startStack,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { WITHOUT_MEMORY } from './surroundings.ts'

let soundcloud: LocalSoundcloud
let names: NameServer
let folder: TemporaryFolder
let stack: Stack
let client: Client
let number = 0

beforeAll(async () => {
  const authority = createCertificateAuthority()
  soundcloud = await startLocalSoundcloud({ authority })
  names = await startNameServer(Object.fromEntries(SOUNDCLOUD_NAMES.map((name) => [name, [NAMED_ADDRESS]])))
  folder = await temporaryFolder()
  const authorityFile = join(folder.path, 'authority.pem')
  await writeFile(authorityFile, authority.cert)
  stack = await startStack({
    settings: {
      ...WITHOUT_MEMORY,
      EGRESS_CA_FILE: authorityFile,
      EGRESS_DNS_SERVERS: names.address,
      EGRESS_UPSTREAM_PROXY: soundcloud.proxyUrl,
    },
  })
  const [gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  client = clientOf(gateway.origin)
})
afterAll(async () => {
  await stack.stop()
  await Promise.all([soundcloud.stop(), names.stop(), folder.remove()])
})

/** How often the main page was asked for by a job that found its track. */
async function asked(): Promise<number> {
  number += 1
  const pages = (): number => soundcloud.requests('/').length
  const before = pages()
  const info = await client.ended(await client.info(soundcloud.url(number)))
  expect(info).toMatchObject({ status: 'completed', video_info: { title: `A track called ${number}` } })
  return pages() - before
}

/** Once the worker has found what jobs need, none of them asks for it. */
const isKept = () => eventually(async () => expect(await asked()).toBe(0), { timeoutMs: 30_000 })

test('one job asks for the client id, the next ones do not, also after the site has changed it', async () => {
  expect(await asked()).toBeGreaterThan(0)
  await isKept()
  soundcloud.changeClientId()
  expect(await asked()).toBeGreaterThan(0)
  await isKept()
  const download = await client.ended(await client.download(soundcloud.url(1)))
  expect(download).toMatchObject({ status: 'completed' })
})
