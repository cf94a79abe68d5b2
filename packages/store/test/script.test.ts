/** Lua scripts are read from files, with what they include, and run under their names. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { bindScript, scriptsIn } from '@video-scraper/store'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const folders: TemporaryFolder[] = []
afterAll(() => Promise.all(folders.map((folder) => folder.remove())))

async function folderOf(files: Record<string, string>): Promise<URL> {
  const made = await temporaryFolder()
  folders.push(made)
  const folder = made.path
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.lua`), text)
  return pathToFileURL(`${folder}/`)
}

test('what a script includes comes first, and each file once', async () => {
  const script = scriptsIn(
    await folderOf({
      one: '--[[\nProvides: one\n]]\nlocal function one() return 1 end\n',
      two: '--[[\nProvides: two\nIncludes: one\n]]\nlocal function two() return one() + one() end\n',
      sum: '--[[\nIncludes: one, two\n]]\nreturn {one() + two(), KEYS[1], ARGV[1]}\n',
    }),
  )
  const sum = script('sum')
  expect(sum.text.split('local function one').length).toBe(2)
  const redis = await rig.ready()
  expect(await bindScript(redis, sum)(['key'], [7])).toEqual([3, 'key', '7'])
})

test('a script that Redis has forgotten is sent again', async () => {
  const redis = await rig.ready()
  const run = bindScript<number>(redis, { name: 'count-keys', text: 'return #KEYS' })
  expect(await run(['a', 'b'], [])).toBe(2)
  await redis.script('FLUSH')
  expect(await run(['a'], [])).toBe(1)
})

test('a file that is missing is named', async () => {
  const script = scriptsIn(await folderOf({ lost: '--[[\nIncludes: nowhere\n]]\nreturn 1\n' }))
  expect(() => script('lost')).toThrow('nowhere.lua')
  expect(() => script('absent')).toThrow('absent.lua')
})

test.each(['store', 'queue'])('Redis takes every script of %s', async (total) => {
  const folder = new URL(`../../${total}/lua/`, import.meta.url)
  const redis = await rig.ready()
  const names = readdirSync(folder).map((file) => file.replace('.lua', ''))
  expect(names.length).toBeGreaterThan(5)
  for (const name of names) {
    expect(await redis.script('LOAD', scriptsIn(folder)(name).text)).toMatch(/^[0-9a-f]{40}$/)
  }
})
