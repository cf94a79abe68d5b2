/** What people ask for most, and how each is said to yt-dlp: an info job tells which format each would take. */
import type { DownloadOptions } from '@video-scraper/contracts'
import { formatsOfDownload, preferencesOf, sortOfDownload } from './options/table.ts'

/** In the order in which they are notified. */
export const commonRequests: readonly DownloadOptions[] = [
  {},
  { quality: '2160p' },
  { quality: '1440p' },
  { quality: '1080p' },
  { quality: '720p' },
  { quality: '480p' },
  { quality: '360p' },
  { quality: 'smallest' },
  { media: 'audio' },
]

/** As the runner is notified them (`python/best_formats.py`): the very words of a download that asks for this. */
export const commonRequestsForRunner = commonRequests.map((options) => ({
  format: formatsOfDownload(options),
  sort: sortOfDownload(options),
  preferences: preferencesOf(options),
}))
