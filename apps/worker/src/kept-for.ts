/** How long the files of a download are kept: as the operator says, or shorter where its client asked for that. */
import type { JobEnvelope } from '@video-scraper/contracts'

/**
 * In milliseconds; 0 for ever. `retentionMs` is the operator's, of which the gateway that took the job may have known
 * another one.
 */
export function keptFor({ options }: Pick<JobEnvelope, 'options'>, retentionMs: number): number {
  const { retention_seconds: asked } = options
  if (asked === undefined) return retentionMs
  return retentionMs === 0 ? asked * 1000 : Math.min(retentionMs, asked * 1000)
}
