/** A job of either kind, exactly as its own GET shows it. */
import type { DownloadStatusReply, InfoStatusReply } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { downloadView } from './download-view.ts'
import { infoView } from './info-view.ts'
import type { PublicPaths } from './public-paths.ts'

/** `now` in epoch milliseconds: a file whose time is over is said to have expired. */
export const jobView = (
  job: JobSnapshot,
  surroundings: { paths: PublicPaths; now: number },
): InfoStatusReply | DownloadStatusReply => (job.kind === 'info' ? infoView(job) : downloadView(job, surroundings))
