/** Looks once a second for jobs whose time is over. Gateways and workers do it, so that it happens while either kind is away. */
import { isCausedByRedisOutage } from '@video-scraper/store'
import type { JobLog } from '../job-log.ts'
import type { ExpireDue } from './deadlines.ts'

const EVERY_MS = 1000

interface DeadlineWatchOptions {
  log: Pick<JobLog, 'info' | 'error'>
  /** Hears that Redis is in a fault state. A later look does the work. */
  onOutage: (error: Error) => void
  /** From the end of one look to the next, in milliseconds. Default 1 s; tests take less. */
  everyMs?: number
  /** Until the first look, in milliseconds. Default: as between two. A worker looks before it takes jobs, over a connection that is there. */
  firstAfterMs?: number
}

/**
 * Looks one after the other, so that none pile up while Redis does not answer. `stop` ends it, and waits for no look
 * that is under way.
 */
export function watchDeadlines(
  { expireDue }: { expireDue: ExpireDue },
  { log, onOutage, everyMs = EVERY_MS, firstAfterMs = everyMs }: DeadlineWatchOptions,
): { stop(): void } {
  let timer: NodeJS.Timeout
  const stopping = new AbortController()
  const tell = (error: unknown, jobId?: string) => {
    // Who stops it closes the connection next, so the last look may fail for that.
    if (stopping.signal.aborted) return
    if (isCausedByRedisOutage(error)) onOutage(error as Error)
    else log.error({ err: error, jobId }, 'a job whose time is over could not be ended; tried again in some seconds')
  }
  const look = async () => {
    try {
      const { expired, failures } = await expireDue(stopping.signal)
      if (expired > 0) log.info({ count: expired }, 'jobs expired')
      for (const { id, error } of failures) tell(error, id)
    } catch (error) {
      tell(error)
    }
    if (!stopping.signal.aborted) lookAfter(everyMs)
  }
  const lookAfter = (ms: number) => {
    timer = setTimeout(() => void look(), ms)
  }
  lookAfter(firstAfterMs)
  return {
    stop() {
      stopping.abort()
      clearTimeout(timer)
    },
  }
}
