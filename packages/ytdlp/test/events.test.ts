import { expect, test } from '@jest/globals'
import { MalformedEvent } from '../src/event-fields.ts'
import { parseEvent } from '../src/events.ts'
import { LineTooLong, lineCutter } from '../src/lines.ts'

test.each([
  '',
  'no json',
  '[]',
  'null',
  '1',
  '{}',
  '{"event":1}',
  '{"event":"file"}',
  '{"event":"plan"}',
  '{"event":"error"}',
])('%j is malformed', (line) => {
  expect(() => parseEvent(line)).toThrow(MalformedEvent)
})

test.each(['{"event":"new"}', '{"event":"toString"}', '{"event":"__proto__"}'])(
  '%s is of another time, and passed over',
  (line) => {
    expect(parseEvent(line)).toBeNull()
  },
)

test('what is not of the right type is unknown', () => {
  expect(
    parseEvent('{"event":"progress","format_id":"a","status":"downloading","downloaded":"1","total":null}'),
  ).toEqual({
    event: 'progress',
    formatId: 'a',
    status: 'downloading',
    downloaded: null,
    total: null,
    totalEstimate: null,
    fragment: null,
    fragments: null,
    speed: null,
    eta: null,
    restarted: false,
  })
})

test('lines are cut wherever the chunks are', () => {
  const bytes = Buffer.from('eins\nzwei ü\n\ndrei\nrest')
  for (let size = 1; size <= bytes.length; size++) {
    const lines: string[] = []
    const cut = lineCutter(100, (line) => lines.push(line))
    for (let at = 0; at < bytes.length; at += size) cut(bytes.subarray(at, at + size))
    expect(lines).toEqual(['eins', 'zwei ü', '', 'drei'])
  }
})

test.each([
  ['that ends', ['x'.repeat(11), '\n']],
  ['that never ends', ['xxxxxx', 'xxxxxx']],
])('a line too long %s is refused', (_which, chunks) => {
  const cut = lineCutter(10, () => undefined)
  expect(() => {
    for (const chunk of chunks) cut(Buffer.from(chunk))
  }).toThrow(LineTooLong)
})
