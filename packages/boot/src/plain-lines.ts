/** Makes log lines of what libraries print: BullMQ writes to the console, and Node its warnings to standard error. */
import type { Logger } from './logger.ts'

/** Call it once, when the process has its logger. */
export function logPlainLines(logger: Logger): void {
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (...words: unknown[]) =>
      logger[level]({ printed: words.map(textOf).join(' ') }, 'a library printed a line')
  Object.assign(console, {
    log: line('info'),
    info: line('info'),
    debug: line('info'),
    warn: line('warn'),
    error: line('error'),
  })
  // Node's own listener prints them.
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => logger.warn({ name, reason: message }, 'a warning of Node'))
}

const textOf = (word: unknown): string => (word instanceof Error ? word.message : String(word))
