import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { InvalidEnvironment, redisAddress } from '../src/index.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'video-scraper-test-'))
  file = join(folder, 'password')
  writeFileSync(file, 'pass/word@1\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['redis://redis:6379', 'redis://:pass%2Fword%401@redis:6379'],
  ['rediss://somebody@redis:6380/2', 'rediss://somebody:pass%2Fword%401@redis:6380/2'],
  ['redis://:own@redis:6379', 'redis://:own@redis:6379'],
  ['/run/redis.sock', '/run/redis.sock?password=pass%2Fword%401'],
  ['/run/redis.sock?db=1', '/run/redis.sock?db=1&password=pass%2Fword%401'],
  ['/run/redis.sock?password=own', '/run/redis.sock?password=own'],
])('%s becomes %s', (url, expected) => {
  expect(redisAddress({ REDIS_URL: url, REDIS_PASSWORD_FILE: file })).toBe(expected)
})

test('without a file the address stays as the operator has given it', () => {
  for (const url of ['redis://:own@redis:6379', '/run/redis.sock', 'redis://redis']) {
    expect(redisAddress({ REDIS_URL: url, REDIS_PASSWORD_FILE: '' })).toBe(url)
  }
})

test('a file that is missing or empty is named, in words', () => {
  const read = (path: string) => () => redisAddress({ REDIS_URL: 'redis://redis', REDIS_PASSWORD_FILE: path })
  expect(read(join(folder, 'missing'))).toThrow(InvalidEnvironment)
  expect(read(join(folder, 'missing'))).toThrow('REDIS_PASSWORD_FILE cannot be read (ENOENT)')
  writeFileSync(join(folder, 'empty'), '\n')
  expect(read(join(folder, 'empty'))).toThrow('REDIS_PASSWORD_FILE names an empty file')
})
