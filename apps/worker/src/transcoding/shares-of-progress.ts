/** How far a download is whose file may be encoded again: fetching counts as one half, and encoding as the other. */
import type { JobProgress } from '@video-scraper/contracts'

/** Encoding mostly takes longer, and how long is not known before the file is there. */
const FETCHED = 0.5
/** What is left is for checking and publishing, as after each download. */
const ENCODED = 0.98

/** While it is fetched. When the whole job ends is not known, so there is no time that is left; and what a job is busy with never goes back. */
export const whileFetching = (progress: JobProgress): JobProgress => ({
  ...progress,
  fraction: FETCHED * progress.fraction,
  phase: progress.phase === 'finalizing' ? 'processing' : progress.phase,
  etaSeconds: null,
})

/** While it is encoded: `fraction` of the encoding, from 0 to 1, becomes one of the job. */
export const whileEncoding = ({
  fraction,
  etaSeconds,
}: Pick<JobProgress, 'fraction' | 'etaSeconds'>): Pick<JobProgress, 'fraction' | 'etaSeconds'> => ({
  fraction: FETCHED + (ENCODED - FETCHED) * fraction,
  etaSeconds,
})

/** When nothing has to be encoded any more, or never had to be. */
export const AFTER_ENCODING = { fraction: ENCODED, etaSeconds: null } as const
