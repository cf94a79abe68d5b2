/** How large the blocks are in which files are read. */
import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { readInBlocks } from '../src/serve/read-blocks.ts'

const file = fileURLToPath(import.meta.url)
const reading = async () => readInBlocks(await open(file), { start: 0, end: 9 })

test('sixteen readers have large blocks, more have small ones, and a reader that has ended no longer counts', async () => {
  const sixteen = await Promise.all(Array.from({ length: 16 }, reading))
  const next = await reading()
  expect(sixteen.map((stream) => stream.readableHighWaterMark)).toEqual(Array(16).fill(256 * 1024))
  expect(next.readableHighWaterMark).toBe(64 * 1024)

  for (const stream of [...sixteen, next]) stream.destroy()
  await eventually(() => expect(sixteen.every((stream) => stream.closed) && next.closed).toBe(true))
  const later = await reading()
  expect(later.readableHighWaterMark).toBe(256 * 1024)
  for await (const bytes of later) expect(bytes).toHaveLength(10)
})
