/** Which files are not encoded since they would take many times what one may take. */
import { expect, test } from '@jest/globals'
import { encodingSecondsOf, refuseWhatTakesTooLong } from '../src/transcoding/estimate-encoding.ts'

const HOUR = 3600
const film = { durationSeconds: 2 * HOUR, width: 1920, height: 1080, picturesPerSecond: 25 }

test('it is near to what was measured', () => {
  expect(encodingSecondsOf({ ...film, durationSeconds: 6, picturesPerSecond: 30 })).toBeCloseTo(9, 0)
  expect(encodingSecondsOf({ durationSeconds: 3, width: 3840, height: 2160, picturesPerSecond: 30 })).toBeCloseTo(18, 0)
})

test.each([
  ['within the bound', { durationSeconds: 0.5 * HOUR }, HOUR, null],
  ['above it, as still pictures may fit', film, HOUR, null],
  ['far above it', { width: 3840, height: 2160 }, HOUR, 'transcode_limit'],
  ['without a bound', { width: 3840, height: 2160 }, 0, null],
  ['with an unknown length', { durationSeconds: null, width: 3840, height: 2160 }, HOUR, null],
  ['with an unknown rate', { picturesPerSecond: null, width: 3840, height: 2160 }, HOUR, null],
])('a film %s', (_, change, cpuSeconds, code) => {
  const refuse = () => refuseWhatTakesTooLong({ ...film, ...change }, cpuSeconds)
  if (code === null) expect(refuse()).toBeUndefined()
  else expect(refuse).toThrow(expect.objectContaining({ code }))
})
