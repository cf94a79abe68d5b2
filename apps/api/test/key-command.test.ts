/** The words of the command line for keys: what they mean, and what is said of those that mean nothing. */
import { expect, test } from '@jest/globals'
import { readCommand } from '../src/cli/key-command.ts'
import { bytesIn, countIn, expiryIn, secondsIn, UsageError } from '../src/cli/quantities.ts'
import { RequestError } from '../src/http/errors.ts'

const NOW = Date.parse('2026-05-01T00:00:00Z')
const read = (...words: string[]) => readCommand(words, NOW)
const CREATE = ['create', '--name', 'x', '--scope', 'read']

test('every option of create becomes a field of the request', () => {
  const words = [
    '--scope',
    'write,admin',
    '--scope',
    'read',
    '--expires',
    '30d',
    '--address',
    '10.0.0.0/8,::1',
    '--json',
  ]
  expect(read(...CREATE, ...words, '--rate', '120', '--downloads', '0', '--storage', '10GiB')).toEqual({
    name: 'create',
    json: true,
    body: {
      name: 'x',
      scopes: ['read', 'write', 'admin'],
      expires_at: '2026-05-31T00:00:00.000Z',
      allowed_addresses: ['10.0.0.0/8', '::1'],
      limits: { requests_per_minute: 120, unfinished_downloads: 0, storage_bytes: 10 * 2 ** 30 },
    },
  })
})

test('update names only what changes, and can take back everything', () => {
  expect(read('update', 'id', '--rate', 'default')).toEqual({
    name: 'update',
    json: false,
    id: 'id',
    change: { limits: { requests_per_minute: null } },
  })
  expect(read('update', 'id', '--expires', 'never', '--address', 'any')).toMatchObject({
    change: { expires_at: null, allowed_addresses: [] },
  })
})

test('a rotation has a day of grace, or as long as is said', () => {
  expect(read('rotate', 'id')).toMatchObject({ id: 'id', graceMs: 86_400_000 })
  expect(read('rotate', 'id', '--grace', '0')).toMatchObject({ graceMs: 0 })
  expect(read('rotate', 'id', '--grace', '90m')).toMatchObject({ graceMs: 5_400_000 })
})

test('help is there without a command, and for each', () => {
  for (const words of [[], ['help'], ['--help'], ['-h'], ['create', '--help']]) expect(read(...words).name).toBe('help')
})

test.each([
  ['90s', 90],
  ['45m', 2700],
  ['12h', 43_200],
  ['30d', 2_592_000],
  ['2w', 1_209_600],
  ['0', 0],
])('%s is %d seconds', (text, seconds) => expect(secondsIn(text, '--grace')).toBe(seconds))

test.each([
  ['0', 0],
  ['1024', 1024],
  ['500MB', 500_000_000],
  ['1.5GiB', 1_610_612_736],
  ['2tib', 2_199_023_255_552],
  ['default', null],
])('%s is %p bytes', (text, bytes) => expect(bytesIn(text, '--storage')).toBe(bytes))

test.each([
  ['2027-01-01', '2027-01-01T00:00:00Z'],
  ['2027-01-01T12:00:00+02:00', '2027-01-01T12:00:00+02:00'],
  ['1h', '2026-05-01T01:00:00.000Z'],
  ['never', null],
])('--expires %s is %p', (text, time) => expect(expiryIn(text, NOW)).toBe(time))

test('a limit is a number, 0 for none, or default', () => {
  expect([countIn('120', '--rate'), countIn('0', '--rate'), countIn('default', '--rate')]).toEqual([120, 0, null])
})

const misused: [string[], string][] = [
  [['invent'], 'There is no command invent.'],
  [['toString'], 'There is no command toString.'],
  [['create', '--nam', 'x'], "Unknown option '--nam'"],
  [['list', '--name', 'x'], "Unknown option '--name'"],
  [[...CREATE, '--expires', '30'], '--expires 30: a duration is a number and s, m, h, d or w'],
  [[...CREATE, '--expires', '999999999w'], '--expires 999999999w: that is too far away. Use never.'],
  [[...CREATE, '--storage', '10 apples'], '--storage 10 apples: a size is a number'],
  [[...CREATE, '--rate', 'fast'], '--rate fast: give a number'],
  [[...CREATE, '--rate', '1.5'], '--rate 1.5: give a number'],
  [['rotate'], 'rotate takes the id of one key.'],
  [['show', 'a', 'b'], 'show takes the id of one key.'],
  [['rotate', 'x', '--grace', '31d'], '--grace 31d: at most 30d.'],
  [['list', 'x'], 'list takes no x.'],
]

test.each(misused)('%j makes no sense, and says why', (words, sentence) => {
  expect(() => read(...words)).toThrow(UsageError)
  expect(() => read(...words)).toThrow(sentence)
})

test.each([
  [['create', '--scope', 'read'], 'The request is not valid: name is missing.'],
  [['create', '--name', 'x', '--scope', 'root'], 'scopes/0 must be one of '],
  [['update', 'x'], 'must not have fewer than 1 properties'],
])('%j is refused as the API refuses it', (words, sentence) => {
  expect(() => read(...words)).toThrow(RequestError)
  expect(() => read(...words)).toThrow(sentence)
})
