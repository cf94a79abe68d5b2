/** How a download under way is spoken of in public. A total table: a new phase cannot be forgotten. */
import type { Phase } from '@video-scraper/contracts'

const percent = (fraction: number) => `${Math.floor(fraction * 100)}%`

export const downloadMessages = {
  queued: () => 'Queued',
  extracting: () => 'Looking up the video',
  downloading: (fraction) => `Downloading: ${percent(fraction)} complete`,
  processing: (fraction) => `Processing: ${percent(fraction)} complete`,
  finalizing: () => 'Checking and publishing the file',
} as const satisfies Record<Phase, (fraction: number) => string>
