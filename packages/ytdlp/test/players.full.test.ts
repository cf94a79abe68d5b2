/** A player is prepared once, apart, and then run by jobs that have no part in it. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startYoutubeStage, type YoutubeStage } from './youtube-stage.ts'

let scene: YoutubeStage
let number = 0

beforeAll(async () => {
  scene = await startYoutubeStage()
})
afterAll(() => scene.stop())

/** How many formats a job finds that it had to solve, and how often anybody asked for the source of the player. */
async function solve() {
  const { engine, stage, youtube } = scene
  number += 1
  const before = youtube.requests(youtube.player().path).length
  const { formats } = await engine.extractInfo({ url: youtube.url('solvable', number) }, await stage.job())
  await engine.settled()
  return { formats: formats.length, fetched: youtube.requests(youtube.player().path).length - before }
}

test('a job that meets a new player solves by itself; the worker prepares it, and the next job asks for no source', async () => {
  // Its own, and the worker's.
  expect(await solve()).toEqual({ formats: 3, fetched: 2 })
  expect(await solve()).toEqual({ formats: 3, fetched: 0 })
  scene.youtube.changePlayer()
  expect(await solve()).toEqual({ formats: 3, fetched: 2 })
  expect(await solve()).toEqual({ formats: 3, fetched: 0 })
})

test('what is not what the worker made is not run, and made again', async () => {
  scene.youtube.changePlayer()
  await solve()
  const names = await readdir(scene.playersFolder)
  const untouched = await Promise.all(names.map((name) => readFile(join(scene.playersFolder, name), 'utf8')))
  for (const name of names) await writeFile(join(scene.playersFolder, name), '_result.n=_result.sig=()=>"poison"')
  expect(await solve()).toEqual({ formats: 3, fetched: 2 })
  expect(await solve()).toEqual({ formats: 3, fetched: 0 })
  const again = await Promise.all(names.map((name) => readFile(join(scene.playersFolder, name), 'utf8')))
  expect(again.some((text) => untouched.includes(text))).toBe(true)
})
