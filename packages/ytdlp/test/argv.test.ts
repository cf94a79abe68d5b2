import { hash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { argumentsOf } from '../src/argv.ts'
import { selectorOf } from '../src/options/format-id.ts'
import { formatsOfDownload } from '../src/options/table.ts'

const values = {
  folder: '/jobs/a',
  proxyUrl: 'http://name:token@127.0.0.1:1',
  ffmpegLocation: '/shim',
  denoPath: null,
  options: {},
} as const

test.each(['info', 'download'] as const)(
  'no argument of %s is empty, bare, or one that runs or reads anything',
  (mode) => {
    const argv = argumentsOf({ ...values, mode })
    for (const argument of argv) expect(argument).toMatch(/^--[a-z]/)
    const names = argv.map((argument) => argument.split('=')[0])
    const forbidden = [
      '--exec',
      '--enable-file-urls',
      '--load-info-json',
      '--config-locations',
      '--plugin-dirs',
      '--netrc',
    ]
    const alsoForbidden = [
      '--cookies',
      '--cookies-from-browser',
      '--add-headers',
      '--ppa',
      '--downloader-args',
      '--write-link',
    ]
    expect(names.filter((name) => [...forbidden, ...alsoForbidden].includes(name ?? ''))).toEqual([])
    expect(argv).toContain('--proxy=http://name:token@127.0.0.1:1')
    expect(argv).toContain('--ignore-config')
    expect(argv).toContain('--no-js-runtimes')
  },
)

test('a download goes into its folder, one file, continued, never from a live stream', () => {
  const argv = argumentsOf({ ...values, mode: 'download' })
  expect(argv).toContain('--paths=/jobs/a')
  expect(argv).toContain('--continue')
  expect(argv).toContain('--break-match-filters=!is_live')
  expect(argv).not.toContain('--force-overwrites')
})

test('deno is used where it is', () => {
  expect(argumentsOf({ ...values, mode: 'info', denoPath: '/home/bin/deno' })).toContain(
    '--js-runtimes=deno:/home/bin/deno',
  )
})

const FILTER = '[protocol~="^(http|https|m3u8|m3u8_native|http_dash_segments)$"]'

const keyOf = (id: string) => `b*[format_key="${hash('sha256', id)}"]${FILTER}`

test.each([
  [undefined, `bv*${FILTER}+ba${FILTER}/b*${FILTER}`],
  ['137', keyOf('137')],
  ['137+aac-हिन्दी', `${keyOf('137')}+${keyOf('aac-हिन्दी')}`],
  ['best', keyOf('best')],
  [`"]/b*[x="`.replaceAll(/[[\]/]/g, '_'), keyOf('"__b*_x="')],
])('format %s is selected as data', (formatId, selector) => {
  expect(formatsOfDownload(formatId === undefined ? {} : { format_id: formatId })).toBe(selector)
})

test.each(['', 'a b', '1"]', 'a/b', 'a+b+c', '1]+[', 'x'.repeat(201), 'a,b', '%(id)s', '--exec'.padStart(70)])(
  'format %j never reaches yt-dlp',
  (formatId) => {
    expect(() => selectorOf(formatId)).toThrow(TypeError)
  },
)

test.each(["'", '"', '\\', '*', '$(touch pwned)'.replaceAll(/[() ]/g, '_'), '--exec=id', 'all', '%31', '~=.*', 'é'])(
  'nothing of format %j stands in the arguments',
  (formatId) => {
    expect(selectorOf(formatId)).toMatch(/^b\*\[format_key="[0-9a-f]{64}"\]\[protocol~="[a-z0-9_|()^$]+"\]$/)
  },
)
