/** Downloads with `transcode` beside each other and beside others: who waits, what is said of it, and who does not wait. */
import { expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { LIMIT, useEncoding } from './transcode-scene.ts'

jest.setTimeout(240_000)

const encoding = useEncoding()
const { begin, isEncoding } = encoding

test('while one is encoded the others wait without a slot, can be cancelled, and hold up no download without transcode', async () => {
  const { client, site } = encoding.scene()
  const first = await begin('first')
  await eventually(() => isEncoding(first), LIMIT)
  const others = [await begin('second'), await begin('third')]
  for (const id of others)
    await eventually(
      async () => expect(await client.downloadStatus(id)).toMatchObject({ waiting_for: 'transcode_turn' }),
      LIMIT,
    )
  const [second = '', third = ''] = others
  expect(await client.downloadStatus(second)).toMatchObject({
    phase: 'queued',
    attempts: 1,
    next_attempt_at: expect.any(String),
  })
  // Nothing was asked of the source for those that wait.
  expect(site.requests('/page').filter(({ search }) => /name=(second|third)/.test(search))).toEqual([])

  const { body } = await client.post('/api/video-scraper/download', { url: site.url('/video.mp4') })
  expect(await client.ended(String(body.download_id), 60_000)).toMatchObject({ status: 'completed' })
  expect(await isEncoding(first)).toBe(true)

  expect((await client.cancel(second)).status).toBe(200)
  expect(await client.ended(second, 20_000)).toMatchObject({ status: 'cancelled' })
  expect((await client.cancel(first)).status).toBe(200)
  await eventually(() => isEncoding(third), LIMIT)
})
