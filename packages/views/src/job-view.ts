/** A job of either kind, exactly as its own GET shows it. */
import type { Download, InfoJob } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { downloadView } from './download-view.ts'
import { infoView } from './info-view.ts'
import type { PublicPaths } from './public-paths.ts'

export interface Surroundings {
  paths: PublicPaths
  /** Epoch milliseconds: a file whose time is over is said to have expired. */
  now: number
  /** Names of files of the job that are gone before their time. Default: none. */
  removed?: ReadonlySet<string>
}

export const jobView = (job: JobSnapshot, surroundings: Surroundings): InfoJob | Download =>
  job.kind === 'info' ? infoView(job) : downloadView(job, surroundings)
