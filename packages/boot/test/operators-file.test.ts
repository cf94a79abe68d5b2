/** A file of the operator: read again when it changes, and never a bad one instead of a good one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openOperatorsFile } from '../src/index.ts'

let folder: string
let log: string[]
const opened: { stop(): void }[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'operators-file-'))
  log = []
})
afterEach(async () => {
  for (const file of opened.splice(0)) file.stop()
  await rm(folder, { recursive: true, force: true })
})

function open(path = join(folder, 'file.json')) {
  const write = (fields: object, message: string) => void log.push(`${message} ${JSON.stringify(fields)}`)
  const read = (text: string): string => {
    if (text.startsWith('bad')) throw new Error('it is bad')
    return text
  }
  const file = openOperatorsFile({
    path,
    setting: 'THE_FILE',
    absent: 'nothing',
    read,
    logger: { info: write, warn: write },
  })
  opened.push(file)
  return file
}

test('it may come later, is read again when it changes, and says nothing any more when it is removed', async () => {
  const file = open()
  expect(file.current()).toBe('nothing')
  await writeFile(join(folder, 'file.json'), 'one')
  expect(file.current()).toBe('one')
  await writeFile(join(folder, 'file.json'), 'two more')
  expect(file.current()).toBe('two more')
  await rm(join(folder, 'file.json'))
  expect(file.current()).toBe('nothing')
})

test('a bad one is logged once, and what was said before stays; at the start it is an error', async () => {
  await writeFile(join(folder, 'file.json'), 'good')
  const file = open()
  await writeFile(join(folder, 'file.json'), 'bad and worse')
  expect([file.current(), file.current()]).toEqual(['good', 'good'])
  expect(log.filter((line) => line.includes('THE_FILE cannot be used') && line.includes('it is bad'))).toHaveLength(1)
  expect(() => open()).toThrow('THE_FILE cannot be used: it is bad.')
})

test('a folder and a file that is too large are refused, and no path is shown', async () => {
  expect(() => open(folder)).toThrow('THE_FILE cannot be used: it is no file.')
  await writeFile(join(folder, 'file.json'), Buffer.alloc(1024 * 1024 + 1))
  expect(() => open()).toThrow('THE_FILE cannot be used: it is larger than 1 MiB.')
})
