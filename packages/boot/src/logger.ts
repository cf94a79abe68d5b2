/** One JSON line per event, the same form in both processes. */
import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Levels that `LOG_LEVEL` may name, quietest last. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

interface LoggerOptions {
  /** Which process speaks. */
  service: 'api' | 'worker'
  level: string
}

/** Writes to standard output. Times are RFC 3339, levels are words, so that a human can read them unaided. */
export function createLogger({ service, level }: LoggerOptions): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'],
      censor: '[redacted]',
    },
  })
}
