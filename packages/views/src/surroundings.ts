/** What a view knows beside the job. */
import type { FileEntry } from '@video-scraper/contracts'
import type { PublicPaths } from './public-paths.ts'

export interface Surroundings {
  paths: PublicPaths
  /** Epoch milliseconds: a file whose time is over is said to have expired. */
  now: number
  /** Names of files of the job that are gone before their time. Default: none. */
  removed?: ReadonlySet<string>
}

export const isGone = ({ filename, expiresAt }: FileEntry, { removed, now }: Surroundings): boolean =>
  removed?.has(filename) === true || (expiresAt !== null && expiresAt <= now)
