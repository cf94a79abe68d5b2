/** How job states are spoken in public. Total tables: a new state or phase cannot be forgotten. */
import type { DownloadStatus, InfoStatus, JobState, Phase } from '@video-scraper/contracts'

export const infoStatus = {
  queued: 'processing',
  running: 'processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<JobState, InfoStatus>

/** `download_started` is only the word of the POST; a queued download is in progress. */
export const downloadStatus = {
  queued: 'in_progress',
  running: 'in_progress',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<JobState, DownloadStatus>

export const infoMessages = {
  queued: 'Queued',
  extracting: 'Extracting video info...',
  downloading: 'Extracting video info...',
  processing: 'Extracting video info...',
  finalizing: 'Finishing',
} as const satisfies Record<Phase, string>

const percent = (fraction: number) => `${Math.floor(fraction * 100)}%`

export const downloadMessages = {
  queued: () => 'Queued',
  extracting: () => 'Looking up the video',
  downloading: (fraction) => `Downloading: ${percent(fraction)} complete`,
  processing: (fraction) => `Processing: ${percent(fraction)} complete`,
  finalizing: () => 'Checking and publishing the file',
} as const satisfies Record<Phase, (fraction: number) => string>
