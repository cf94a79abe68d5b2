/** Encoding in turns: a job that waits for its own, and is cancelled meanwhile. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { codesOf, LIMIT, useEncoding } from './transcode-scene.ts'

jest.setTimeout(240_000)

const encoding = useEncoding()
const { begin, encoded, isEncoding } = encoding

test('a job waits for its turn, keeps saying so, and can be cancelled; then the next one is encoded', async () => {
  const first = await begin('first')
  await eventually(() => isEncoding(first), LIMIT)
  const second = await begin('second')
  await eventually(async () => (await encoding.scene().client.downloadStatus(second)).phase === 'processing', LIMIT)
  expect(await encoded(second)).toEqual([])
  expect((await encoding.scene().client.cancel(second)).status).toBe(200)
  expect(await encoding.scene().client.ended(second, 20_000)).toMatchObject({ status: 'cancelled' })
  expect(codesOf(await encoding.scene().client.ended(first, 120_000))).toContain('video_transcoded')
  await eventually(async () => !(await readdir(join(encoding.scene().stack.dataDir, 'work'))).includes(second), LIMIT)
})
