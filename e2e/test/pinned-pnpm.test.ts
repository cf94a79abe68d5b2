/** The package manager is installed by the hash in `package.json`, and by nothing else. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const root = new URL('../../', import.meta.url)
/** A script without types, so its path is not one that the compiler follows. */
const script: string = new URL('scripts/runtime/pinned-pnpm.mjs', root).href
const { mustBePinned, pinnedPnpm } = await import(script)
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8')

test('package.json names a version and a SHA-512', () => {
  expect(pinnedPnpm()).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    sha512: expect.stringMatching(/^[0-9a-f]{128}$/),
  })
})

test.each(['pnpm@10.34.9', 'pnpm@latest+sha512.00', 'pnpm@10.34.9+sha1.00', 'npm@10.0.0', ''])(
  '%s is refused',
  (text) => {
    expect(() => pinnedPnpm(JSON.stringify({ packageManager: text }))).toThrow('must be pnpm@version+sha512.hex')
  },
)

test('another file than the pinned one is refused, by a single byte', () => {
  const bytes = Buffer.from('a package')
  const sha512 = createHash('sha512').update(bytes).digest('hex')
  expect(() => mustBePinned(bytes, { version: '1.2.3', sha512 })).not.toThrow()
  expect(() => mustBePinned(Buffer.from('b package'), { version: '1.2.3', sha512 })).toThrow(
    'Somebody may have tampered',
  )
})

test('neither the images nor the setup take a pnpm from npx', () => {
  for (const name of ['Dockerfile', 'scripts/runtime/workspace.mjs'])
    expect(read(name)).not.toMatch(/npx.*pnpm|pnpm@\d/)
  expect(
    read('Dockerfile')
      .match(/^FROM .*$/gm)
      ?.filter((line) => /[:@]/.test(line)),
  ).toEqual([])
})
