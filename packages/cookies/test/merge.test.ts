/** Which changes of sites come back into a set, and which do not. */
import { expect, test } from '@jest/globals'
import type { Cookie } from '../src/cookie.ts'
import { type CookieChange, merge } from '../src/merge.ts'

const NOW = 10_000
const cookie = (value: string, more: Partial<Cookie> = {}): Cookie => ({
  domain: 'example.com',
  includesSubdomains: true,
  path: '/',
  name: 'session',
  value,
  expires: null,
  secure: true,
  httpOnly: true,
  ...more,
})
const set = (value: string, changedAt: number, more: Partial<Cookie> = {}): CookieChange => ({
  set: { ...cookie(value, more), changedAt },
})
const merged = (kept: Cookie[], ...changes: CookieChange[]) => merge(kept, changes, { site: 'example.com', now: NOW })
const values = ({ cookies }: ReturnType<typeof merge>) => cookies.map(({ value }) => value)

test('a new value replaces the one that the client stored', () => {
  const result = merged([cookie('old')], set('new', 5))
  expect([values(result), result.isRotated]).toEqual([['new'], true])
})

test('of two jobs the value that the site gave later stands, whichever comes back first', () => {
  expect(values(merged(merged([cookie('0')], set('later', 7)).cookies as Cookie[], set('earlier', 6)))).toEqual([
    'later',
  ])
  expect(values(merged(merged([cookie('0')], set('earlier', 6)).cookies as Cookie[], set('later', 7)))).toEqual([
    'later',
  ])
})

test('a cookie that a site removed is gone, unless it was given another value later', () => {
  const removed = (changedAt: number): CookieChange => ({
    removed: { domain: 'example.com', path: '/', name: 'session' },
    changedAt,
  })
  expect(values(merged([cookie('old')], removed(5)))).toEqual([])
  expect(values(merged([cookie('new', { changedAt: 6 })], removed(5)))).toEqual(['new'])
})

test('nothing of another site comes in, and nothing from the future stays unchangeable', () => {
  const foreign = merged(
    [cookie('old')],
    set('foreign', 5, { domain: 'bank.example' }),
    set('x', 5, { domain: 'notexample.com' }),
  )
  expect([values(foreign), foreign.isChanged]).toEqual([['old'], false])
  const pinned = merged([cookie('old')], set('pinned', Number.MAX_SAFE_INTEGER)).cookies as Cookie[]
  expect(values(merge(pinned, [set('next', NOW + 1)], { site: 'example.com', now: NOW + 1 }))).toEqual(['next'])
})

test('a set never grows beyond what a client could store', () => {
  const many = Array.from({ length: 600 }, (_, at) => set(`v${at}`, 5, { name: `c${at}` }))
  expect(merged([cookie('old')], ...many).cookies).toHaveLength(500)
})

test('the same value again is no change', () => {
  expect(merged([cookie('same')], set('same', 5))).toMatchObject({ isChanged: false, isRotated: false })
})
