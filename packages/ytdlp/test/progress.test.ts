import { expect, test } from '@jest/globals'
import type { YtdlpEvent } from '../src/events.ts'
import { advance, initialProgress } from '../src/progress.ts'

type Planned = Extract<YtdlpEvent, { event: 'plan' }>['formats'][number]

const format = (formatId: string, known: Partial<Planned> = {}): Planned => ({
  formatId,
  filesize: null,
  filesizeApprox: null,
  tbr: null,
  vcodec: null,
  acodec: null,
  width: null,
  height: null,
  language: null,
  ...known,
})

const plan = (formats: Planned[], duration: number | null = null): YtdlpEvent => ({
  event: 'plan',
  copies: 1,
  container: null,
  title: null,
  webpageUrl: null,
  playlistCount: null,
  identity: null,
  direct: false,
  seconds: null,
  waitSeconds: 0,
  periods: 1,
  duration,
  formats,
})

const progress = (formatId: string, known: Partial<Extract<YtdlpEvent, { event: 'progress' }>> = {}): YtdlpEvent => ({
  event: 'progress',
  formatId,
  status: 'downloading',
  downloaded: null,
  total: null,
  totalEstimate: null,
  fragment: null,
  fragments: null,
  speed: null,
  eta: null,
  restarted: false,
  ...known,
})

const after = (...events: YtdlpEvent[]) =>
  events.reduce((state, event) => advance(state, event, 'download'), initialProgress).shown

const two = plan([format('v', { filesize: 900, vcodec: 'avc1' }), format('a', { filesize: 100, vcodec: 'none' })])

test.each<[string, YtdlpEvent[], number]>([
  ['half of one file', [plan([format('f')]), progress('f', { downloaded: 50, total: 100 })], 0.475],
  ['half of the picture', [two, progress('v', { downloaded: 450, total: 900 })], 0.4275],
  ['all of the picture', [two, progress('v', { status: 'finished', downloaded: 900 })], 0.855],
  [
    'picture, and half of the sound',
    [two, progress('v', { status: 'finished', downloaded: 900 }), progress('a', { downloaded: 50, total: 100 })],
    0.9025,
  ],
  [
    'fragments, not their wild estimate',
    [plan([format('f')]), progress('f', { downloaded: 829, totalEstimate: 900, fragment: 1, fragments: 10 })],
    0.095,
  ],
  ['an estimate that says all', [plan([format('f')]), progress('f', { downloaded: 100, totalEstimate: 100 })], 0.931],
  ['more bytes than announced', [plan([format('f')]), progress('f', { downloaded: 300, total: 100 })], 0.95],
  ['no size at all', [plan([format('f')]), progress('f', { downloaded: 300 })], 0],
  [
    'sizes from bit rates',
    [plan([format('v', { tbr: 3 }), format('a', { tbr: 1 })], 8), progress('v', { status: 'finished' })],
    0.7125,
  ],
  [
    'sizes of which one is unknown',
    [
      plan([format('v', { filesize: 1, vcodec: 'x' }), format('a', { vcodec: 'none' })]),
      progress('v', { status: 'finished' }),
    ],
    0.8075,
  ],
  ['half of an estimate', [plan([format('f')]), progress('f', { downloaded: 50, totalEstimate: 100 })], 0.475],
  [
    'a size beside one from a bit rate: 1 kbit/s for 8 s are 1000 bytes',
    [plan([format('v', { filesize: 3000 }), format('a', { tbr: 1 })], 8), progress('v', { status: 'finished' })],
    0.7125,
  ],
  [
    'a bit rate without a duration says no size',
    [
      plan([format('v', { tbr: 3, vcodec: 'x' }), format('a', { tbr: 3, vcodec: 'none' })]),
      progress('v', { status: 'finished' }),
    ],
    0.8075,
  ],
  [
    'a duration without a bit rate neither',
    [
      plan([format('v', { vcodec: 'x' }), format('a', { tbr: 1, vcodec: 'none' })], 8),
      progress('v', { status: 'finished' }),
    ],
    0.8075,
  ],
  [
    'a size of nothing is taken for an unknown one',
    [
      plan([format('v', { filesize: 9, vcodec: 'x' }), format('a', { filesize: 0, vcodec: 'none' })]),
      progress('v', { status: 'finished' }),
    ],
    0.8075,
  ],
  ['something that was not planned', [plan([format('f')]), progress('subtitle', { status: 'finished' })], 0],
])('%s', (_what, events, fraction) => {
  expect(after(...events).fraction).toBeCloseTo(fraction, 6)
})

test('a restart does not take progress back, but says how many bytes there are', () => {
  const shown = after(
    two,
    progress('v', { downloaded: 800, total: 900 }),
    progress('v', { downloaded: 10, total: 900, restarted: true }),
  )
  expect(shown.fraction).toBeCloseTo(0.76, 6)
  expect(shown.downloadedBytes).toBe(10)
})

test('bytes and time left count every format', () => {
  const shown = after(two, progress('v', { downloaded: 500, total: 900, speed: 100 }))
  expect(shown).toMatchObject({
    downloadedBytes: 500,
    totalBytes: 1000,
    bytesPerSecond: 100,
    etaSeconds: 5,
    phase: 'downloading',
  })
})

test('a size that is unknown makes the sum unknown, and the time left is what the source says', () => {
  const unknown = plan([format('v', { filesize: 900 }), format('a')])
  const shown = after(unknown, progress('v', { downloaded: 500, total: 900, speed: 100, eta: 4 }))
  expect(shown).toMatchObject({ downloadedBytes: 500, totalBytes: null, etaSeconds: 4 })
  const first = after(
    plan([format('a'), format('v', { filesize: 900 })]),
    progress('v', { downloaded: 500, total: 900 }),
  )
  expect(first).toMatchObject({ totalBytes: null, etaSeconds: null })
})

test('without a speed the time left is what the source says', () => {
  expect(after(two, progress('v', { downloaded: 500, total: 900, eta: 7 })).etaSeconds).toBe(7)
})

test('a plan begins the download, and an event that says nothing of it changes nothing', () => {
  expect(after(two)).toMatchObject({ phase: 'downloading', fraction: 0 })
  expect(after(two, { event: 'info', video: {} })).toEqual(after(two))
})

test.each<[YtdlpEvent, number]>([
  [{ event: 'started', version: '1', landlock: 0, systemCalls: false, capabilities: false, ownUser: false }, 0.1],
  [{ event: 'extracted' }, 0.5],
  [{ event: 'info', video: {} }, 1],
  [{ event: 'busy' }, 0],
])('without media, %j is a step of its own', (event, fraction) => {
  for (const mode of ['info', 'transcript'] as const)
    expect(advance(initialProgress, event, mode).shown.fraction).toBe(fraction)
})

test('putting together is processing, moving is not, and a file in its place is nearly done', () => {
  const done = [two, progress('v', { status: 'finished' }), progress('a', { status: 'finished' })]
  const processing = after(...done, { event: 'postprocess', name: 'Merger', status: 'started' })
  expect(processing).toMatchObject({ fraction: 0.95, phase: 'processing', bytesPerSecond: null, etaSeconds: null })
  expect(after(...done, { event: 'postprocess', name: 'MoveFiles', status: 'started' }).phase).toBe('downloading')
  expect(after(...done, { event: 'file', path: 'x' })).toMatchObject({ fraction: 0.98, phase: 'finalizing' })
})

test('encoding a file again is a progress of its own, that falls neither for a second run nor for a strange number', () => {
  const encoding = (fraction: number | null, eta: number | null): YtdlpEvent => ({ event: 'encoding', fraction, eta })
  const begun: YtdlpEvent[] = [
    { event: 'started', version: '1', landlock: 1, systemCalls: true, capabilities: true, ownUser: false },
    { event: 'postprocess', name: 'Transcode', status: 'started' },
  ]
  const afterEncoding = (...events: YtdlpEvent[]) =>
    [...begun, ...events].reduce((state, event) => advance(state, event, 'transcode'), initialProgress).shown
  expect(afterEncoding()).toMatchObject({ fraction: 0, phase: 'processing', etaSeconds: null })
  expect(afterEncoding(encoding(0.4, 30))).toMatchObject({ fraction: 0.4, phase: 'processing', etaSeconds: 30 })
  expect(afterEncoding(encoding(0.4, 30), encoding(0.1, 90))).toMatchObject({ fraction: 0.4, etaSeconds: 90 })
  expect(afterEncoding(encoding(9, -1))).toMatchObject({ fraction: 1, etaSeconds: 0 })
  expect(afterEncoding(encoding(0.4, 30), encoding(null, null))).toMatchObject({ fraction: 0.4, etaSeconds: null })
})
