/** Writes a running job's progress to Redis: often enough to be fresh, seldom enough to be free, never falling, and never forgetting a delivery. */
import type { JobProgress } from '@video-scraper/contracts'

/** At most one write in this time. */
const EVERY_MS = 500

interface ReportOptions {
  /** Where an earlier attempt had come to. */
  floor: number
  /** What an earlier attempt delivered. */
  delivered: JobProgress['delivered']
  write: (progress: JobProgress) => Promise<void>
}

export interface ProgressReport {
  report(progress: JobProgress): void
  /** Resolves when it has been written, or nothing is written any more. Rejects when the write does. */
  now(progress: JobProgress): Promise<void>
  /** Writes what has not been written yet, and nothing after that. Twice is fine. */
  close(): Promise<void>
}

/**
 * Keeps the latest progress and writes it when its time has come, one write at a time. A write that fails is not
 * repeated: the next one says more. `fraction` never falls below an earlier one, nor below `floor`. What was delivered stays, also
 * where an attempt begins anew: the store has it.
 */
export function createProgressReport({ floor, delivered: earlier, write }: ReportOptions): ProgressReport {
  let highest = floor
  let delivered = earlier
  let latest: JobProgress | null = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  let lastWrite = 0
  let closed = false

  const flush = (): Promise<void> => {
    timer = null
    if (latest === null) return Promise.resolve()
    const progress = latest
    latest = null
    lastWrite = Date.now()
    const written = write(progress)
    writing = written
      .catch(() => undefined)
      .then(() => {
        writing = null
        schedule()
      })
    return written
  }
  // While a write is under way, which in an outage may be long, only the latest progress is kept.
  const schedule = () => {
    if (closed || latest === null || timer !== null || writing !== null) return
    timer = setTimeout(flush, Math.max(0, lastWrite + EVERY_MS - Date.now()))
  }

  const report = (progress: JobProgress) => {
    if (closed) return
    highest = Math.max(highest, progress.fraction)
    delivered = progress.delivered ?? delivered
    latest = { ...progress, fraction: highest, ...(delivered && { delivered }) }
    schedule()
  }
  const writeLatest = async () => {
    if (timer) clearTimeout(timer)
    await writing
    if (timer) clearTimeout(timer)
    await flush()
  }

  return {
    report,
    now(progress) {
      report(progress)
      return writeLatest()
    },
    async close() {
      closed = true
      await writeLatest().catch(() => undefined)
    },
  }
}
