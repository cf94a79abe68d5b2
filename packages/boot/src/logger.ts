/** One JSON line per event, the same form in both processes. */
import { type DestinationStream, type Logger, type LoggerOptions as LoggerSettings, pino } from 'pino'
import { withoutSecrets } from './redaction.ts'

export type { Logger } from 'pino'

/** Levels that `LOG_LEVEL` may name, quietest last. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

interface LoggerOptions {
  /** Which process speaks. */
  service: 'api' | 'worker'
  level: string
  /** Default: standard output. */
  destination?: DestinationStream
  /** Is asked for the `err` of each line that has one; true leaves the line out. */
  omits?: (error: unknown) => boolean
}

/** Times are RFC 3339, levels are words, so that a human can read them unaided. */
export function createLogger({ service, level, destination = pino.destination(1), omits }: LoggerOptions): Logger {
  const options: LoggerSettings = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: withoutCommand },
    hooks: {
      streamWrite: withoutSecrets,
      ...(omits && {
        logMethod(words, log) {
          const [fields] = words as [unknown]
          if (isWithError(fields) && omits(fields.err)) return
          log.apply(this, words)
        },
      }),
    },
  }
  return pino(options, destination)
}

const isWithError = (fields: unknown): fields is { err: unknown } =>
  typeof fields === 'object' && fields !== null && 'err' in fields

/**
 * ioredis hangs the failed command with its arguments on its errors, and yt-dlp names addresses in its messages. Either
 * may hold somebody's token, so neither is written.
 */
function withoutCommand(error: Error): object {
  const { command: _, ...shown } = pino.stdSerializers.err(error) as ReturnType<typeof pino.stdSerializers.err> & {
    command?: unknown
  }
  const message = withoutAddresses(shown.message)
  if (isOrdinary(error)) return { type: shown.type, message }
  return { ...shown, message, stack: withoutAddresses(shown.stack) }
}

/** A failure of a job that has a code of its own: where in our code it was thrown tells nobody anything. */
const isOrdinary = ({ name, code }: Error & { code?: unknown }): boolean =>
  name === 'JobFailure' && code !== 'internal_error'

const withoutAddresses = (text: string): string => text.replaceAll(/https?:\/\/[^\s'"]+/gi, '[address]')
