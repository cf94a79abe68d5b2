/**
 * The two forms in which the status of a job is said. The specification has one for info jobs and one for downloads; each kind of
 * job says which of them it takes, and a new kind takes `job`.
 */
import type { AcceptedStatus, DownloadStatus, InfoStatus, JobState } from '../words.ts'

interface Form {
  /** The key under which its id stands in bodies, and the name of the path parameter. */
  readonly idKey: string
  /** The status is at `/api/video-scraper/<segment>/{id}`. */
  readonly segment: string
  /** How the documentation calls a job of this form. */
  readonly noun: string
  /** The word of the answer to the POST. */
  readonly accepted: AcceptedStatus
  /** Whether the id stands before the word in that answer. */
  readonly idFirst: boolean
  /** The word of each state. */
  readonly words: Readonly<Record<JobState, InfoStatus | DownloadStatus>>
}

export const statusForms = {
  job: {
    idKey: 'job_id',
    segment: 'job',
    noun: 'job',
    accepted: 'processing',
    idFirst: true,
    words: {
      queued: 'processing',
      running: 'processing',
      completed: 'completed',
      failed: 'failed',
      cancelled: 'cancelled',
    },
  },
  download: {
    idKey: 'download_id',
    segment: 'status',
    noun: 'download',
    accepted: 'download_started',
    idFirst: false,
    // `download_started` is only the word of the POST; a queued download is in progress.
    words: {
      queued: 'in_progress',
      running: 'in_progress',
      completed: 'completed',
      failed: 'failed',
      cancelled: 'cancelled',
    },
  },
} as const satisfies Record<string, Form>

export type StatusForm = keyof typeof statusForms
