/** A part of a file is never published as the whole of it. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Stage, startStage, WARM } from './stage.ts'

let stage: Stage
let whole: string
beforeAll(async () => {
  stage = await startStage({ warm: WARM })
  whole = digestOf(Buffer.from(await (await fetch(stage.site.url('/video.mp4'))).arrayBuffer()))
})
afterAll(() => stage.stop())

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const partial = async (way: string, bytes: number) => {
  const url = stage.site.url('/partial.mp4', { way, bytes })
  return stage.engine.download({ url, options: {} }, await stage.job())
}

test.each([
  ['the first bytes where no range was asked for', 'first', 20_000],
  ['a single byte where no range was asked for', 'first', 1],
  ['never more than so many bytes', 'capped', 30_000],
  ['ranges that begin earlier than asked for', 'early', 5000],
  ['ranges that begin at the start again', 'early', 10_000_000],
])('%s: the rest is fetched', async (_what, way, bytes) => {
  const { path } = await partial(way, bytes)
  expect(digestOf(await readFile(path))).toBe(whole)
})

test.each([
  ['always the same first part', 'stuck', 20_000],
  ['an end without its beginning', 'late', 20_000],
  ['ranges that begin later than asked for', 'skipping', 100],
])('%s: the download fails, and says that it is the network', async (_what, way, bytes) => {
  await expect(partial(way, bytes)).rejects.toMatchObject({ code: 'network_error' })
})
