/** A disk that really fills up, in the middle of a download, of putting streams together, and of an upload. */
import { readdir, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import {
  canMount,
  eventually,
  type SmallDisk,
  type Stack,
  smallDisk,
  startS3,
  startStack,
  startVideoSite,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'

jest.setTimeout(180_000)

const MIB = 1024 * 1024

/** Skipped, not passed, where this process may not mount: the report says so. */
const onRealDisk = (await canMount()) ? test : test.skip

let site: VideoSite
let disk: SmallDisk
let stack: Stack | undefined
beforeEach(async () => {
  site = await startVideoSite()
})
afterEach(async () => {
  await stack?.stop()
  stack = undefined
  await disk?.remove()
  await site.stop()
})

/** A worker whose data folder is a disk of this size, and that uses it to the last byte. */
async function workOn(diskBytes: number, settings: Record<string, string> = {}): Promise<Client> {
  const mounted = await smallDisk(diskBytes)
  if (mounted === null) throw new Error('This process may mount no longer.')
  disk = mounted
  stack = await startStack({
    settings: { EGRESS_ALLOW: `${site.host}:${site.port}`, DATA_DIR: disk.path, DISK_RESERVE_BYTES: '0', ...settings },
  })
  const [gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  return clientOf(gateway.origin)
}

const freeBytes = async () => {
  const { bavail, bsize } = await statfs(disk.path)
  return bavail * bsize
}

async function expectNothingIsLeft(before: number): Promise<void> {
  await eventually(async () => expect(await readdir(join(disk.path, 'work'))).toEqual([]), { timeoutMs: 10_000 })
  expect(await readdir(join(disk.path, 'library'))).toEqual([])
  await eventually(async () => expect(await freeBytes()).toBeGreaterThan(before - MIB), { timeoutMs: 10_000 })
}

onRealDisk(
  'a download of unknown size that fills the disk ends as disk_full, and leaves nothing; a small one then works',
  async () => {
    const client = await workOn(32 * MIB)
    const before = await freeBytes()
    const id = await client.download(site.url('/chunked.mp4', { bytes: 90_000_000 }))
    expect(await client.ended(id, 90_000)).toMatchObject({ status: 'failed', code: 'disk_full', retryable: true })
    await expectNothingIsLeft(before)
    const small = await client.download(site.url('/video.mp4'))
    expect(await client.ended(small)).toMatchObject({ status: 'completed' })
  },
)

onRealDisk(
  'streams that fit on the disk once, but not twice, end as disk_full while they are put together',
  async () => {
    const FRAGMENTS = 1500
    const sizes = await Promise.all(
      [0, 1, 2].map(
        async (n) => (await (await fetch(site.url(`/fragments/fragments-${n}.ts`))).arrayBuffer()).byteLength,
      ),
    )
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    const client = await workOn(Math.ceil((mean * FRAGMENTS * 1.55) / MIB) * MIB)
    const before = await freeBytes()
    const id = await client.download(site.url('/long-hls.m3u8', { fragments: FRAGMENTS, delay: 0 }))
    let merged = false
    const ended = client.ended(id, 120_000)
    await eventually(
      async () => {
        const { status, progress } = await client.downloadStatus(id)
        merged ||= Number(progress) >= 0.9
        return status === 'failed'
      },
      { timeoutMs: 120_000, everyMs: 20 },
    )
    expect(await ended).toMatchObject({ status: 'failed', code: 'disk_full' })
    expect(merged).toBe(true)
    await expectNothingIsLeft(before)
  },
)

onRealDisk(
  'a store that is full in the middle of an upload ends the job as disk_full, and keeps no part of it',
  async () => {
    const store = await smallDisk(24 * MIB)
    if (store === null) throw new Error('This process may mount no longer.')
    const s3 = await startS3({ folder: store.path })
    try {
      const client = await workOn(128 * MIB, { ...s3.environment })
      const id = await client.download(site.url('/big.mp4', { bytes: 60_000_000, rate: 0 }))
      expect(await client.ended(id, 90_000)).toMatchObject({ status: 'failed', code: 'disk_full', retryable: true })
      await eventually(async () => expect(await readdir(join(disk.path, 'work'))).toEqual([]), { timeoutMs: 10_000 })
      await eventually(
        async () => {
          const { bavail, blocks, bsize } = await statfs(store.path)
          expect((blocks - bavail) * bsize).toBeLessThan(MIB)
        },
        { timeoutMs: 10_000 },
      )
      const small = await client.download(site.url('/video.mp4'))
      expect(await client.ended(small)).toMatchObject({ status: 'completed' })
    } finally {
      await stack?.stop()
      stack = undefined
      await s3.stop()
      await store.remove()
    }
  },
)

onRealDisk('the reserve stays free, whatever a download turns out to be', async () => {
  const client = await workOn(64 * MIB, { DISK_RESERVE_BYTES: String(40 * MIB) })
  const id = await client.download(site.url('/endless.mp4', { rate: 4_000_000 }))
  let least = Number.POSITIVE_INFINITY
  await eventually(
    async () => {
      least = Math.min(least, await freeBytes())
      return (await client.downloadStatus(id)).status === 'failed'
    },
    { timeoutMs: 120_000 },
  )
  expect(await client.downloadStatus(id)).toMatchObject({ code: 'disk_full' })
  // It is looked at every second, in which the source sends 4 MB.
  expect(least).toBeGreaterThan(20 * MIB)
  await writeFile(join(disk.path, 'proof'), 'there is space')
})
