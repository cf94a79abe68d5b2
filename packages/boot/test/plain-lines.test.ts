/** What a library prints becomes a line of JSON like every other. */
import { expect, test } from '@jest/globals'
import { createLogger, logPlainLines } from '../src/index.ts'

test('what is printed to the console, and warnings of Node, are lines of JSON without secrets', () => {
  const chunks: string[] = []
  const logger = createLogger({ service: 'api', level: 'info', destination: { write: (text) => chunks.push(text) } })
  const printer: Console = globalThis.console
  const { log, info, debug, warn, error } = console
  const listeners = process.listeners('warning')
  try {
    logPlainLines(logger)
    printer.warn('IMPORTANT! Eviction policy is', 'volatile-lru')
    printer.error(new Error('redis://:S3CRET@10.0.0.1 failed'))
    process.emit('warning', new Error('Something is old'))
  } finally {
    Object.assign(console, { log, info, debug, warn, error })
    process.removeAllListeners('warning')
    for (const listener of listeners) process.on('warning', listener)
  }
  expect(chunks.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', printed: 'IMPORTANT! Eviction policy is volatile-lru' },
    { level: 'error', printed: expect.stringContaining('failed') },
    { level: 'warn', reason: 'Something is old' },
  ])
  expect(chunks.join('')).not.toContain('S3CRET')
})
