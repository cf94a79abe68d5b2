/** One line per change of a job's state, joined by its id and the id of the request that made it. */
import type { JobEnvelope } from '@video-scraper/contracts'

/** The part of a logger that this package needs. */
export interface JobLog {
  /** What happens too often for every log. */
  debug?(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** `envelope` may lack anything, since one that could not be read is logged as well. */
export const jobFields = (id: string, envelope: Partial<JobEnvelope> | null) => ({
  jobId: id,
  kind: envelope?.kind,
  requestId: envelope?.requestId,
  owner: envelope?.owner,
})
