/** Clients that generators make of the document: each compiles or imports, and gets info and a file from a live stack. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type Gateway,
  type Stack,
  startStack,
  startVideoSite,
  type TemporaryFolder,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import { generators, workplaceOf } from './client-generators.ts'

/** Of one generator, on a machine that does much else. */
const WITHIN_MS = 300_000

let site: VideoSite
let stack: Stack
let gateway: Gateway
let folder: TemporaryFolder
let expected: { title: string; bytes: number; sha256: string }

beforeAll(async () => {
  site = await startVideoSite()
  const settings = { EGRESS_ALLOW: `${site.host}:${site.port}`, RATE_LIMIT_PER_MINUTE: '0' }
  stack = await startStack({ settings })
  ;[gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  folder = await temporaryFolder()
  const video = Buffer.from(await (await fetch(site.url('/video.mp4'))).arrayBuffer())
  const sha256 = createHash('sha256').update(video).digest('hex')
  expected = { title: expect.any(String) as unknown as string, bytes: video.length, sha256 }
}, WITHIN_MS)

afterAll(async () => {
  await stack?.stop()
  await site?.stop()
  await folder?.remove()
})

describe('info, download and file with the client of', () => {
  test.each(generators.map((generator) => [generator.name, generator] as const))(
    '%s',
    async (_name, generator) => {
      const workplace = await workplaceOf(generator, folder.path, gateway.origin, site.url('/video.mp4'))
      await generator.generate(workplace)
      const printed = await generator.use(workplace)
      expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual(expected)
    },
    WITHIN_MS,
  )
})
