/** What a container's health check may rely on: a fresh sign while Redis answers, and none when it does not. */
import { readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { isHeartbeatFresh, startHeartbeatFile } from '../src/heartbeat-file.ts'

let folder: TemporaryFolder
let server: DisposableRedis
const endings: (() => void)[] = []

beforeEach(async () => {
  server = await startRedis()
  folder = await temporaryFolder()
})

afterEach(async () => {
  for (const end of endings.splice(0)) end()
  await folder.remove()
  await server.stop()
})

function startLiving(): void {
  const redis = connectRedis(server.url, 'worker', () => undefined)
  const signs = startHeartbeatFile(redis, folder.path)
  endings.push(
    () => signs.stop(),
    () => redis.disconnect(),
  )
}

const isAlive = (): Promise<boolean> => isHeartbeatFresh(folder.path)

const onlyFile = async (): Promise<string> => join(folder.path, (await readdir(folder.path))[0] ?? 'none')

test('a worker that talks to Redis shows heartbeats, and one that never started does not', async () => {
  expect(await isAlive()).toBe(false)
  startLiving()
  await eventually(isAlive)
})

test('a sign of 20 s ago is none any more, and the next one counts again', async () => {
  startLiving()
  await eventually(isAlive)
  const before = new Date(Date.now() - 20_001)
  await utimes(await onlyFile(), before, before)
  expect(await isAlive()).toBe(false)
  await eventually(isAlive)
})

test('while Redis does not answer there are no new signs', async () => {
  startLiving()
  await eventually(isAlive)
  server.freeze()
  try {
    const before = new Date(Date.now() - 20_001)
    await utimes(await onlyFile(), before, before)
    await expect(eventually(isAlive, { timeoutMs: 6000 })).rejects.toThrow('Still false')
  } finally {
    server.thaw()
  }
  await eventually(isAlive)
})

test('a link that somebody planted under its name is not followed', async () => {
  startLiving()
  await eventually(isAlive)
  const name = await onlyFile()
  endings.shift()?.()

  const victim = join(folder.path, 'victim')
  await writeFile(victim, 'untouched')
  const longAgo = new Date(0)
  await utimes(victim, longAgo, longAgo)
  await rm(name)
  await symlink(victim, name)
  startLiving()
  await expect(eventually(isAlive, { timeoutMs: 1500 })).rejects.toThrow('Still false')
  expect((await stat(victim)).mtimeMs).toBe(0)
  expect(await readFile(victim, 'utf8')).toBe('untouched')
})
