/** The answers to the POSTs that make a job. */
import type { DownloadAccepted, InfoAccepted, JobKind } from '@video-scraper/contracts'

const bodies = {
  info: (id: string): InfoAccepted => ({
    job_id: id,
    status: 'processing',
    message: 'Video information extraction in progress',
  }),
  download: (id: string): DownloadAccepted => ({
    status: 'download_started',
    download_id: id,
    message: 'Download started in background. Check status with the download ID.',
  }),
} as const satisfies Record<JobKind, (id: string) => InfoAccepted | DownloadAccepted>

export const acceptedView = <Kind extends JobKind>(
  kind: Kind,
  id: string,
  retryOf: string | null = null,
  callbackSecret: string | null = null,
) => ({
  ...bodies[kind](id),
  ...(callbackSecret === null ? {} : { callback_secret: callbackSecret }),
  ...(retryOf === null ? {} : { retry_of: retryOf }),
})
