/** `container` as what the runner puts picture and sound into (`python/containing.py`). */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { OptionMeaning } from './option-meaning.ts'

type Container = NonNullable<DownloadOptions['container']>

export const container: OptionMeaning<Container> = {
  sortFirst: ['held'],
  preferences: (wanted) => ({ container: wanted }),
  isMet: (wanted, { container: found }) => (found === null ? null : found === wanted),
  // What is encoded again lies in an mp4.
  metLater: ({ transcode, container: wanted }) => transcode === true && wanted === 'mp4',
  warning: 'container_unavailable',
}
