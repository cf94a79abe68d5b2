/** Writes a running job's progress to Redis: often enough to be fresh, seldom enough to be free, and never falling. */
import type { JobProgress } from '@video-scraper/contracts'

/** At most one write in this time. */
const EVERY_MS = 500

interface ReportOptions {
  /** Where an earlier attempt had come to. */
  floor: number
  write: (progress: JobProgress) => Promise<void>
}

export interface ProgressReport {
  report(progress: JobProgress): void
  /** Resolves when it has been written, or could not be. */
  now(progress: JobProgress): Promise<void>
  /** Writes what has not been written yet, and nothing after that. Twice is fine. */
  close(): Promise<void>
}

/**
 * Keeps the latest progress and writes it when its time has come, one write at a time. A write that fails is not
 * repeated: the next one says more. `fraction` never falls below an earlier one, nor below `floor`.
 */
export function createProgressReport({ floor, write }: ReportOptions): ProgressReport {
  let highest = floor
  let latest: JobProgress | null = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  let lastWrite = 0
  let closed = false

  const flush = () => {
    timer = null
    if (latest === null) return
    const progress = latest
    latest = null
    lastWrite = Date.now()
    writing = write(progress)
      .catch(() => undefined)
      .then(() => {
        writing = null
        schedule()
      })
  }
  // While a write is under way, which in an outage may be long, only the latest progress is kept.
  const schedule = () => {
    if (closed || latest === null || timer !== null || writing !== null) return
    timer = setTimeout(flush, Math.max(0, lastWrite + EVERY_MS - Date.now()))
  }

  const report = (progress: JobProgress) => {
    if (closed) return
    highest = Math.max(highest, progress.fraction)
    latest = { ...progress, fraction: highest }
    schedule()
  }
  const writeLatest = async () => {
    if (timer) clearTimeout(timer)
    await writing
    if (timer) clearTimeout(timer)
    flush()
    await writing
  }

  return {
    report,
    now(progress) {
      report(progress)
      return writeLatest()
    },
    async close() {
      closed = true
      await writeLatest()
    },
  }
}
