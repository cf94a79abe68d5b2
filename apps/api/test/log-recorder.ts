/** Keeps the log of a gateway in memory, line by line, the fields of its children included. */
import type { FastifyBaseLogger } from 'fastify'

export interface LogLine {
  level: string
  msg: string
  [field: string]: unknown
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

export function createRecorder(): { logger: FastifyBaseLogger; lines: LogLine[] } {
  const lines: LogLine[] = []
  const logger = (bindings: object): FastifyBaseLogger => {
    const write = (level: string) => (first: unknown, text?: string) => {
      const fields = typeof first === 'object' && first !== null ? first : {}
      lines.push({ level, msg: text ?? String(first), ...bindings, ...fields })
    }
    return {
      level: 'trace',
      silent: () => undefined,
      ...Object.fromEntries(LEVELS.map((level) => [level, write(level)])),
      child: (more: object) => logger({ ...bindings, ...more }),
    } as unknown as FastifyBaseLogger
  }
  return { logger: logger({}), lines }
}
