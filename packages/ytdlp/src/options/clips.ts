/** `clips` and `chapters` as the runner is notified of them (`python/parts.py`). */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { OptionMeaning } from './option-meaning.ts'

export const clips: OptionMeaning<NonNullable<DownloadOptions['clips']>> = {
  beside: (wanted) => ({ clips: wanted.map(({ start, end, exact = false }) => ({ start, end, exact })) }),
}

export const chapters: OptionMeaning<boolean> = { beside: (wanted) => (wanted ? { chapters: true } : {}) }
