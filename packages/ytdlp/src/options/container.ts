/** `container` as what the runner puts picture and sound into (`python/containing.py`). */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { OptionMeaning } from './option-meaning.ts'

type Container = NonNullable<DownloadOptions['container']>

export const container: OptionMeaning<Container> = {
  sortFirst: ['held'],
  preferences: (wanted) => ({ container: wanted }),
  isMet: (wanted, { container: found }) => (found === null ? null : found === wanted),
  warning: 'container_unavailable',
}
