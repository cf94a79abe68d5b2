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
  /** The file is gone before its time. Default: it is not. */
  removed?: boolean
}

export const jobView = (job: JobSnapshot, surroundings: Surroundings): InfoJob | Download =>
  job.kind === 'info' ? infoView(job) : downloadView(job, surroundings)
