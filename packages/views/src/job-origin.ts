/** What every view of a job says about where it came from and how it is going. */
import type { JobSnapshot } from '@video-scraper/queue'
import { instant, jobExpiryOf, timesOf } from './times.ts'

export const jobOrigin = (job: JobSnapshot) => ({
  kind: job.kind,
  url: job.envelope.url,
  attempts: job.attemptsBegun,
  ...(job.envelope.retryOf === null ? {} : { retry_of: job.envelope.retryOf }),
  ...parentOf(job),
  ...metadataOf(job),
  ...timesOf(job),
  ...jobExpiryOf(job.envelope.expiresAt),
  ...(job.progress?.ytdlpVersion !== undefined && { ytdlp_version: job.progress.ytdlpVersion }),
})

/** Absent where no playlist has made it. */
export const parentOf = ({ envelope: { parent } }: JobSnapshot) =>
  parent === undefined ? {} : { parent_id: parent.id }

/** What is said of a job that waits for the start of its stream; null for any other. */
export const startWaitMessage = ({ state, failure, nextAttemptAt }: JobSnapshot): string | null =>
  state === 'queued' && failure === 'live_not_started' && nextAttemptAt !== null
    ? 'Waiting for the stream to start'
    : null

/** Absent where the client said nothing. */
export const metadataOf = ({ envelope: { metadata } }: JobSnapshot) => (metadata === undefined ? {} : { metadata })

/** Epoch milliseconds. A job that has ended says when: BullMQ, or the verdict, writes it together with the end. */
export const endOf = ({ finishedAt, startedAt, createdAt }: JobSnapshot): number => finishedAt ?? startedAt ?? createdAt

export const originOfEnded = (job: JobSnapshot) => ({ ...jobOrigin(job), finished_at: instant(endOf(job)) })

/** What is going on: the worker's phase while it runs, `queued` whenever nobody has the job. A playlist goes on between its steps. */
export const phaseOf = ({ state, progress }: JobSnapshot) =>
  state === 'running' || progress?.entries !== undefined ? (progress?.phase ?? 'extracting') : 'queued'
