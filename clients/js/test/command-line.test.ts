/** The parts of the command line that need no service. */
import { expect, test } from '@jest/globals'
import { exitCodeOf } from '../src/command-line/exit-codes.ts'
import { plainText, tableText } from '../src/command-line/plain-text.ts'
import { barText, progressBar, sizeText, timeText } from '../src/command-line/progress-bar.ts'
import * as errors from '../src/errors.ts'

test('the bar says how far, how fast and how long', () => {
  const text = barText({ label: 'v.mp4', fraction: 0.5, bytesPerSecond: 2_500_000, secondsLeft: 75 })
  expect(text).toBe(`${'█'.repeat(12)}${'░'.repeat(12)}  50 %  2.5 MB/s  01:15 left  v.mp4`)
  expect(barText({ label: '', fraction: 7, bytesPerSecond: null, secondsLeft: null })).toContain('█'.repeat(24))
})

test('the bar is not written where nobody looks', () => {
  const written: string[] = []
  const write = (text: string) => written.push(text)
  const progress = { label: '', fraction: 0, bytesPerSecond: null, secondsLeft: null }
  progressBar({ isTTY: false, write }, false).show(progress)
  progressBar({ isTTY: true, write }, true).show(progress)
  expect(written).toEqual([])
  progressBar({ isTTY: true, columns: 20, write }, false).show(progress)
  expect(written.join('')).toHaveLength('\r\u001b[K'.length + 19)
})

test('sizes and times are short', () => {
  expect([0, 999, 1000, 19_321_772, 5e12].map(sizeText)).toEqual(['0 B', '999 B', '1.0 kB', '19.3 MB', '5.0 TB'])
  expect([0, 59.6, 3661].map(timeText)).toEqual(['00:00', '01:00', '01:01:01'])
})

test('no text of a stranger steers the terminal', () => {
  expect(plainText('a\u001b]0;title\u0007b\r\n\u202ec\u009b2J')).toBe('a ]0;title b   c 2J')
  expect(
    tableText([
      ['A', 'B'],
      ['longer\nthan one', null],
    ]),
  ).toBe('A                B\nlonger than one')
})

test('every group of errors has an exit code of its table, and what is unknown is 1', () => {
  const facts = { code: 'x' }
  expect(exitCodeOf(new errors.NotFoundError('', facts))).toBe(4)
  expect(exitCodeOf(new errors.IntegrityError('', facts))).toBe(9)
  expect(exitCodeOf(new Error('the disk is full'))).toBe(1)
})
