/** What a folder takes of the disk, and how little it costs to know that it is too much. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { folderUse } from '../src/folder-use.ts'

const MIB = 2 ** 20

let root: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  root = await temporaryFolder()
})
afterAll(() => root.remove())

test('files in folders of any depth count with their blocks, and an empty one with one block', async () => {
  const folder = join(root.path, 'deep')
  await mkdir(join(folder, 'a', 'b'), { recursive: true })
  await writeFile(join(folder, 'a', 'b', 'large'), Buffer.alloc(3 * MIB, 1))
  await writeFile(join(folder, 'empty'), '')
  const use = await folderUse(folder, 1e12)
  expect(use).toBeGreaterThanOrEqual(3 * MIB + 3 * 4_096)
  expect(use).toBeLessThan(3 * MIB + 64 * 1_024)
})

test('a folder of too many names is known to be too much by its names alone', async () => {
  const folder = join(root.path, 'names')
  await mkdir(folder)
  for (let at = 0; at < 300; at++) await writeFile(join(folder, `empty-${at}`), '')
  expect(await folderUse(folder, 100 * 4_096)).toBe(101 * 4_096)
})

test('a folder that is not there takes nothing', async () => {
  expect(await folderUse(join(root.path, 'missing'), MIB)).toBe(0)
})
