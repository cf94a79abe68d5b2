/** A disk that fills up while ffmpeg writes: no missing clip, and no container that does not fit. Skipped where nothing may be mounted. */
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { canMount, smallDisk } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
let bytes: number
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a job waits.
  bytes = (await (await fetch(stage.site.url('/long/video.mp4'))).arrayBuffer()).byteLength
}, 150_000)
afterAll(() => stage.stop())

const onSmallDisk = (await canMount()) ? test : test.skip

onSmallDisk.each<[string, DownloadOptions]>([
  ['clips', { clips: [{ start: 0, end: 60 }] }],
  ['a container', { container: 'mkv' }],
  ['tags', { embed: ['metadata'] }],
])('%s on a disk that holds the media once', async (_what, options) => {
  const disk = await smallDisk(Math.round(bytes * 1.5))
  if (disk === null) throw new Error('The disk could not be mounted.')
  try {
    await chmod(disk.path, 0o711)
    const job = await stage.job({ folder: join(disk.path, 'job') })
    const running = stage.engine.download({ url: stage.site.url('/long/video.mp4'), options }, job)
    await expect(running).rejects.toMatchObject({ code: 'disk_full' })
  } finally {
    await disk.remove()
  }
})
