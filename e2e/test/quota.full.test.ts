/** What an owner may keep is kept to: by what is there, by what runs at the same time, and with a failure that says what to do. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(120_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({
    RATE_LIMIT_PER_MINUTE: '0',
    MAX_REQUESTS_PER_MINUTE: '0',
    OWNER_MAX_BYTES: '5000000',
    DISK_RESERVE_BYTES: '0',
  })
}, 180_000)
afterAll(() => scene?.stop())

const start = (bytes: number) => scene.client.download(scene.site.url('/big.mp4', { bytes, rate: 2_000_000 }))

test('of two that fit one by one but not together, one is kept; the other fails once, for good, and leaves nothing', async () => {
  const ids = await Promise.all([start(3_000_000), start(3_000_001)])
  const ended = await Promise.all(ids.map((id) => scene.client.ended(id, 60_000)))
  expect(ended.map(({ status }) => status).sort()).toEqual(['completed', 'failed'])
  const failed = ended.find(({ status }) => status === 'failed')
  expect(failed).toMatchObject({ code: 'quota_exceeded', retryable: false, attempts: 1 })
  await eventually(async () => expect(await readdir(join(scene.stack.dataDir, 'work'))).toEqual([]))

  const small = await start(1_500_000)
  expect(await scene.client.ended(small)).toMatchObject({ status: 'completed' })
  const large = await start(1_600_000)
  expect(await scene.client.ended(large)).toMatchObject({ status: 'failed', code: 'quota_exceeded' })
})

test('what is there already is answered, however little may still be kept', async () => {
  const again = await start(1_500_000)
  expect(await scene.client.ended(again)).toMatchObject({ status: 'completed', size_bytes: 1_500_000 })
})
