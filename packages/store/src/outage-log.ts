/** Logs an outage of Redis once when it begins and once when it is over, whatever fails in between. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { isRedisOutage } from './redis-errors.ts'

const PROBE_EVERY_MS = 1000
/** Between two failures of one outage some commands may succeed. */
const CALM_MS = 3000

interface OutageLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface OutageLog {
  /** For errors that are known to come from Redis: listeners of its connections and queues. */
  report(error: Error): void
  /** For a logger (`omits` of `createLogger`): whether the error belongs to an outage. It begins one where there is none, so the error has its line. */
  omits(error: unknown): boolean
  /** Before this call `report` does nothing. `redis` is asked to write while an outage lasts. */
  start(parts: { redis: Redis; log: OutageLogger }): void
  stop(): void
}

/** It is made before the logger, which asks it, and before the connection, which reports to it. */
export function createOutageLog({ calmMs = CALM_MS }: { calmMs?: number } = {}): OutageLog {
  let parts: { redis: Redis; log: OutageLogger } | null = null
  let outage: { sinceMs: number; latestMs: number; omitted: number } | null = null
  let timer: NodeJS.Timeout | undefined
  /** While Redis is away a write waits for it, and more of them would only pile up. */
  let isProbing = false

  const report = (error: Error): void => {
    const now = Date.now()
    if (outage !== null) {
      outage.latestMs = now
      outage.omitted += 1
      return
    }
    if (parts === null) return
    outage = { sinceMs: now, latestMs: now, omitted: 0 }
    // Not as `err`: this line must not be taken for one of those that it stands for.
    parts.log.warn(
      { reason: reasonOf(error) },
      'Redis does not work; jobs wait. The next line about it says that it works',
    )
    timer = setInterval(() => void probe(), PROBE_EVERY_MS)
  }

  const probe = async (): Promise<void> => {
    if (isProbing || parts === null || outage === null) return
    isProbing = true
    try {
      await parts.redis.set(keys.outageProbe, '1', 'PX', PROBE_EVERY_MS)
      if (Date.now() - outage.latestMs < calmMs) return
      clearInterval(timer)
      const { sinceMs, omitted } = outage
      outage = null
      parts.log.info({ seconds: Math.round((Date.now() - sinceMs) / 1000), omittedLines: omitted }, 'Redis works again')
    } catch {
      if (outage) outage.latestMs = Date.now()
    } finally {
      isProbing = false
    }
  }

  return {
    report,
    omits(error) {
      if (parts === null || !(isRedisOutage(error) || isFailedConnection(error, parts.redis))) return false
      report(error as Error)
      return true
    },
    start(given) {
      parts = given
    },
    stop() {
      clearInterval(timer)
      parts = null
    },
  }
}

/** Of the connections that BullMQ makes for itself. Other servers may refuse theirs, so the address decides. */
function isFailedConnection(error: unknown, { options }: Redis): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { syscall, port, address, errors } = error as {
    syscall?: string
    port?: number
    address?: string
    errors?: unknown[]
  }
  if (Array.isArray(errors) && errors.length > 0)
    return errors.every((each) => isFailedConnection(each, { options } as Redis))
  return syscall === 'connect' && (options.path ? address === options.path : port === options.port)
}

/** Node's errors about several addresses at once have no message of their own. */
const reasonOf = ({ message, code }: NodeJS.ErrnoException): string => message || code || 'unknown'
