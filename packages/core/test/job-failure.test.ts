/** Each code keeps its name on the way through BullMQ, and says nothing that a client must not read. */
import { expect, test } from '@jest/globals'
import { FailureCode, WarningCode } from '@video-scraper/contracts'
import {
  failureCodeOf,
  failureOf,
  failureRules,
  JobFailure,
  Stop,
  stopReasonOf,
  warningSentences,
  warningsFrom,
} from '@video-scraper/core'

const codes = Object.keys(failureRules) as FailureCode[]

test('every code of the contract has a rule, and no rule stands beside it', () => {
  expect(codes.toSorted()).toEqual([...FailureCode.enum].toSorted())
})

test.each(codes)('%s survives the way through the string that BullMQ keeps', (code) => {
  const failure = new JobFailure(code)
  expect(failureCodeOf(failure.message)).toBe(code)
  expect(failure.retryable).toBe(failureRules[code].retryable)
})

test.each(codes)('%s speaks in sentences, with no path, address or stack in them', (code) => {
  expect(failureRules[code].message.replace('POST /info', '')).toMatch(/^[A-Z][^/\\{}<>]*\.$/)
})

const sayable = (text: string) => text.replaceAll(/(GET|POST) \/\w+/g, '')

test.each(codes)('%s says what to do next, in sentences of the same kind', (code) => {
  expect(sayable(failureRules[code].nextStep)).toMatch(/^[A-Z][^/\\{}<>]*\.$/)
})

test('every warning of the contract has a sentence of the same kind, and none stands beside them', () => {
  expect(Object.keys(warningSentences).toSorted()).toEqual([...WarningCode.enum].toSorted())
  for (const sentence of Object.values(warningSentences)) expect(sentence).toMatch(/^[A-Z][^/\\{}<>]*\.$/)
})

test('a code of a warning that is not known here is passed over', () => {
  const codes = ['toString', 'more_videos', 'of_another_time'] as WarningCode[]
  expect(warningsFrom(codes)).toEqual([{ code: 'more_videos', message: warningSentences.more_videos }])
})

test.each([
  ['job stalled more than allowable limit', 'worker_crashed'],
  ['stalled: The source stopped sending data.', 'stalled'],
  ['cancelled', 'internal_error'],
  ['constructor: x', 'internal_error'],
  ['__proto__: x', 'internal_error'],
  ['toString', 'internal_error'],
  ['TIMEOUT: x', 'internal_error'],
  [' timeout: x', 'internal_error'],
  [':', 'internal_error'],
  ['', 'internal_error'],
] as const)('the reason %j is read as %s', (reason, code) => {
  expect(failureCodeOf(reason)).toBe(code)
})

test.each([['text'], [undefined], [null], [new Error('ENOENT: no such file, open /secret')], [{ code: 'timeout' }]])(
  'anything thrown gets a name without its words being shown: %p',
  (thrown) => {
    const failure = failureOf(thrown)
    expect(failure.code).toBe('internal_error')
    expect(failure.message).toBe(`internal_error: ${failureRules.internal_error.message}`)
  },
)

test('a failure stays itself, with its cause and the wait that the source asked for', () => {
  const cause = new Error('HTTP 429')
  const failure = new JobFailure('rate_limited', { cause, retryAfterMs: 5000 })
  expect(failureOf(failure)).toBe(failure)
  expect(failure).toMatchObject({ cause, retryAfterMs: 5000, retryable: true })
})

test.each(['ENOSPC', 'EDQUOT'])('%s is a full disk, wherever it was met', (code) => {
  const cause = Object.assign(new Error('write'), { code })
  expect(failureOf(cause)).toMatchObject({ code: 'disk_full', cause })
})

test('a failure may be tried again though its code is not, and knows when a stream begins', () => {
  expect(new JobFailure('live_not_started', { startsAt: 1, retryable: true })).toMatchObject({
    startsAt: 1,
    retryable: true,
  })
  expect(new JobFailure('rate_limited', { retryable: false }).retryable).toBe(false)
  expect('cause' in new JobFailure('timeout')).toBe(false)
})

test('a stop says how long the job is to wait, which is not at all where nothing is said', () => {
  expect(new Stop('folder_busy', 5000)).toMatchObject({ reason: 'folder_busy', waitMs: 5000 })
  expect(new Stop('shutdown').waitMs).toBe(0)
})

test('the reason of a stop travels inside the signal; a foreign reason is a shutdown', () => {
  expect(stopReasonOf(AbortSignal.abort(new Stop('timeout')))).toBe('timeout')
  expect(stopReasonOf(AbortSignal.abort('cancelled'))).toBe('shutdown')
  expect(stopReasonOf(AbortSignal.abort())).toBe('shutdown')
})
