/** The bodies that are posted to a receiver of webhooks: what happened, and the job exactly as its own GET answers it. */
import { type Static, Type } from 'typebox'
import { Download } from './download.ts'
import { InfoJob } from './info-job.ts'
import { Instant } from './instants.ts'
import { refTo, wordOf } from './named.ts'
import { DeliveredEvent, type WebhookEvent } from './webhooks.ts'

const eventOf = (type: WebhookEvent, $id: string, job: typeof InfoJob | typeof Download) =>
  Type.Object(
    {
      type: wordOf(DeliveredEvent, type),
      timestamp: Instant('When it happened.'),
      sequence: Type.Integer({
        description: 'Grows with each event of the same job. Events may arrive in any order.',
      }),
      data: refTo(job),
    },
    { $id, description: `\`type\` is \`${type}\`. \`data\` is what GET of the job answers.` },
  )

export const webhookEvents = {
  job_complete: eventOf('job_complete', 'JobCompleteEvent', InfoJob),
  job_failed: eventOf('job_failed', 'JobFailedEvent', InfoJob),
  job_cancelled: eventOf('job_cancelled', 'JobCancelledEvent', InfoJob),
  download_complete: eventOf('download_complete', 'DownloadCompleteEvent', Download),
  download_failed: eventOf('download_failed', 'DownloadFailedEvent', Download),
  download_cancelled: eventOf('download_cancelled', 'DownloadCancelledEvent', Download),
} as const satisfies Record<WebhookEvent, object>
export type WebhookEventBody = Static<(typeof webhookEvents)[WebhookEvent]>
