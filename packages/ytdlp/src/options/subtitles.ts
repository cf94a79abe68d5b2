/** `subtitles` as the runner is notified of it (`python/subtitles.py`). */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { OptionMeaning } from './option-meaning.ts'

export const subtitles: OptionMeaning<NonNullable<DownloadOptions['subtitles']>> = {
  beside: ({ languages, format = 'vtt', deliver = 'file', automatic = true }) => ({
    subtitles: { languages, format, deliver, automatic },
  }),
}
