/** What a log line never holds. */
import { expect, test } from '@jest/globals'
import { createLogger } from '../src/index.ts'

/** Collects what is written to standard output while `speak` runs. */
function spoken(speak: (logger: ReturnType<typeof createLogger>) => void): string {
  const chunks: string[] = []
  const logger = createLogger({ service: 'worker', level: 'info', destination: { write: (text) => chunks.push(text) } })
  speak(logger)
  return chunks.join('')
}

test('an error of Redis is logged without the command that failed', () => {
  const error = Object.assign(new Error('OOM command not allowed'), {
    command: { name: 'hset', args: ['https://example.org/?token=secret'] },
  })
  const line = spoken((logger) => logger.warn({ err: error }, 'queue error'))
  expect(JSON.parse(line)).toMatchObject({ level: 'warn', service: 'worker', err: { message: error.message } })
  expect(line).not.toContain('secret')
})

test('an error is logged without the addresses in it and in its cause', () => {
  const cause = { message: 'Unsupported URL: https://example.org/a?token=secret' }
  const line = spoken((logger) => logger.warn({ err: new Error('http://example.org/?secret', { cause }) }, 'failed'))
  expect(line).toContain('[address]')
  expect(line).not.toContain('secret')
})

test('credentials of a request are not logged', () => {
  const headers = { authorization: 'Bearer secret', 'x-api-key': 'secret', cookie: 'secret' }
  expect(spoken((logger) => logger.info({ req: { headers } }, 'request'))).not.toContain('secret')
})

test('a failure of a job that has a code is logged without a stack, and one that nobody foresaw with it', () => {
  const failure = (code: string) => Object.assign(new Error(`${code}: The sentence.`), { name: 'JobFailure', code })
  const errOf = (code: string) =>
    JSON.parse(spoken((logger) => logger.warn({ err: failure(code) }, 'attempt failed'))).err
  expect(errOf('blocked_target')).toEqual({ type: 'Error', message: 'blocked_target: The sentence.' })
  expect(errOf('internal_error').stack).toContain('logger.test')
})
