/** `embed` as the runner is notified of it (`python/inside.py`). */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { OptionMeaning, Preferences } from './option-meaning.ts'

type Part = NonNullable<DownloadOptions['embed']>[number]

const parts: Readonly<Record<Part, Preferences>> = {
  metadata: { tags: true },
  chapters: { chapters: true },
  thumbnail: { cover: true },
}

export const embed: OptionMeaning<readonly Part[]> = {
  preferences: (wanted) => Object.assign({}, ...wanted.map((part) => parts[part])),
}
