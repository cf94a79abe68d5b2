import { expect, test } from '@jest/globals'
import { siteOf } from '../src/index.ts'

test.each([
  ['www.example.co.uk', 'example.co.uk'],
  ['example.com', 'example.com'],
  ['EXAMPLE.com.', 'example.com'],
  ['me.github.io', 'me.github.io'],
  ['a.me.github.io', 'me.github.io'],
  ['video.test', 'video.test'],
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '::1'],
  ['::1', '::1'],
  ['co.uk', null],
  ['github.io', null],
  ['localhost', null],
  ['', null],
])('%s belongs to %s', (host, site) => {
  expect(siteOf(host)).toBe(site)
})
