/** Redis whose disk is full: nothing of ours ends or floods the log, and work goes on when there is space again. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, jest, test } from '@jest/globals'
import {
  canMount,
  eventually,
  type SmallDisk,
  type Stack,
  smallDisk,
  startStack,
  startVideoSite,
  type VideoSite,
} from '@video-scraper/testkit'
import { clientOf } from './client.ts'

jest.setTimeout(180_000)

const MIB = 1024 * 1024
const FULL_FOR_MS = 15_000

/** Skipped, not passed, where this process may not mount: the report says so. */
const onRealDisk = (await canMount()) ? test : test.skip

let site: VideoSite
let disk: SmallDisk | null
let stack: Stack
afterEach(async () => {
  await stack.stop()
  await site.stop()
  await disk?.remove()
})

onRealDisk('its outage is two lines in the log of the worker, and jobs of before and after complete', async () => {
  site = await startVideoSite()
  disk = await smallDisk(64 * MIB)
  if (disk === null) throw new Error('This process may mount no longer.')
  stack = await startStack({ settings: { EGRESS_ALLOW: `${site.host}:${site.port}` }, redisDirectory: disk.path })
  const [gateway, worker] = await Promise.all([stack.startGateway(), stack.startWorker()])
  const client = clientOf(gateway.origin)
  const before = await client.download(site.url('/video.mp4'))
  expect(await client.ended(before)).toMatchObject({ status: 'completed' })
  const linesOf = (output: string) => output.trim().split('\n').length
  const [gatewayLines, workerLines] = [linesOf(gateway.output()), linesOf(worker.output())]

  const filler = join(disk.path, 'filler')
  await writeFile(filler, Buffer.alloc(64 * MIB)).catch(() => undefined)
  const post = () =>
    fetch(`${gateway.origin}/api/video-scraper/info`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: site.url('/video.mp4') }),
    })
  await eventually(async () => expect((await post()).status).toBe(503))
  await new Promise((resolve) => setTimeout(resolve, FULL_FOR_MS))
  const refused = await post()
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({ code: 'service_unavailable' })

  await rm(filler)
  await eventually(() => expect(worker.output()).toContain('Redis works again'), { timeoutMs: 30_000 })
  const after = await client.download(site.url('/video.mp4'))
  expect(await client.ended(after)).toMatchObject({ status: 'completed' })

  const said = (output: string) => output.split('Redis does not work').length - 1
  expect(said(worker.output())).toBe(1)
  // A gateway that only answers requests says it with each of them.
  expect(said(gateway.output())).toBeLessThanOrEqual(1)
  // Beside these: a job's own lines, and one for each refused request.
  expect(linesOf(worker.output()) - workerLines).toBeLessThan(20)
  expect(linesOf(gateway.output()) - gatewayLines).toBeLessThan(60)
})
