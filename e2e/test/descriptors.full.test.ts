/** A worker without free file descriptors takes no jobs and says so; with enough again it goes on, and nothing has failed. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

jest.setTimeout(180_000)

let scene: Surroundings
beforeEach(async () => {
  scene = await setTheScene(WITHOUT_MEMORY)
})
afterEach(() => scene.stop())

/** The soft limit alone, so that it can be raised again. */
const limitDescriptors = (pid: number, soft: number) =>
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${soft}:`])
const opened = (pid: number) => readdirSync(`/proc/${pid}/fd`).length

test.each([0, 5, 40])('with %d descriptors left, jobs wait, and complete when there are enough', async (left) => {
  const { client, worker, site } = scene
  expect(await client.ended(await client.download(site.url('/video.mp4', { n: 1 })))).toMatchObject({
    status: 'completed',
  })
  limitDescriptors(worker.pid, opened(worker.pid) + left)
  const ids = [
    await client.download(site.url('/video.mp4', { n: 2 })),
    await client.info(site.url('/jsonld', { n: 3 })),
  ]
  await eventually(() => expect(worker.output()).toContain('too few free file descriptors'))
  await new Promise((resolve) => setTimeout(resolve, 4000))
  expect(await client.downloadStatus(String(ids[0]))).toMatchObject({ status: 'in_progress' })
  expect(await client.infoStatus(String(ids[1]))).toMatchObject({ status: 'processing' })
  limitDescriptors(worker.pid, 4096)
  for (const id of ids) {
    expect(await client.ended(id, 60_000)).toMatchObject({ status: 'completed', attempts: 1 })
  }
  expect(worker.output()).toContain('there are enough file descriptors again')
  expect(worker.output()).not.toContain('uncaught')
})
