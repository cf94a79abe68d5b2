/** Asks for what a job can do without, and never waits long for it. */
import type { WarningCode } from '@video-scraper/contracts'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import type { ExtractionStore } from '@video-scraper/store'
import { asksSource, mayAnswer } from './max-age.ts'

/** An answer that takes longer is not worth waiting for. */
const TIMEOUT_MS = 1000

/**
 * Null where there is no answer in time, or none at all: losing what is remembered is never an error. While Redis is away
 * its commands wait for it, so nothing here may wait for them.
 */
export async function recalled<T>(work: Promise<T>, log: JobLog): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MS)
  })
  const answered = work.catch((error: unknown) => {
    log.warn({ err: error }, 'what is remembered could not be read or written; the job goes on without')
    return null
  })
  try {
    return await Promise.race([answered, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

export interface Remembered {
  /** Null: there is nothing, or nothing that may be used. */
  readonly extraction: Buffer | null
  /** What the look that made it could not have. */
  readonly warnings: readonly WarningCode[]
  /** It led to nothing: nobody else is given it. */
  onStale(): void
}

const NOTHING: Remembered = { extraction: null, warnings: [], onStale: () => undefined }

interface MemoryDependencies {
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
  log: JobLog
}

/**
 * What an info job found out about the address of a download. Whoever tries again, by a later attempt or as a new job, gets
 * nothing from the cache: it might be what failed.
 */
export async function rememberedFor(
  { extractions, log }: MemoryDependencies,
  { id, attempt, envelope }: RunningJob,
): Promise<Remembered> {
  if (extractions === null || asksSource(envelope) || envelope.retryOf !== null || attempt > 1) return NOTHING
  const found = await recalled(extractions.findRecord(envelope), log)
  if (found === null || !mayAnswer(envelope, found.extractedAt, Date.now())) return NOTHING
  const onStale = () => {
    log.info({ jobId: id }, 'what was remembered is out of date; the source is asked again')
    void recalled(extractions.forget(envelope), log)
  }
  return { extraction: found.record, warnings: found.warnings, onStale }
}
