import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { descendantsOf, eventually } from '@video-scraper/testkit'
import { type Stage, startStage, WARM } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ warm: { ...WARM, idleChildren: 2 } })
})
afterAll(() => stage.stop())

const infoOf = async (path: string) => stage.engine.extractInfo({ url: stage.site.url(path) }, await stage.job())

test('a hundred jobs leave no process, descriptor or folder', async () => {
  await infoOf('/jsonld')
  const foldersNow = () => readdirSync(tmpdir()).filter((name) => name.startsWith('video-scraper-fork-'))
  await eventually(() => stage.engine.warmth()?.waiting === 2)
  const { zygote } = stage.engine.warmth() ?? {}
  const look = (): Record<string, number> => ({
    descriptors: readdirSync('/proc/self/fd').length,
    ofTheZygote: readdirSync(`/proc/${zygote}/fd`).length,
    processes: descendantsOf(process.pid).length,
  })
  const [before, folders] = [look(), foldersNow()]
  for (let rounds = 0; rounds < 25; rounds++) await Promise.all(Array.from({ length: 4 }, () => infoOf('/video.mp4')))
  await eventually(() => stage.engine.warmth()?.waiting === 2)
  // Fewer is fine: connections of earlier jobs may be closed late.
  await eventually(() => Object.entries(look()).every(([what, count]) => count <= (before[what] ?? 0)))
  expect(foldersNow().filter((name) => !folders.includes(name))).toEqual([])
  expect(stage.engine.warmth()?.cold).toBe(0)
})
