/** An info job as `GET /job/{job_id}` answers it: one shape for each status. */
import { type Static, Type } from 'typebox'
import { Instant } from './instants.ts'
import { endedByClient, endedInFailure, endedWithResult, goingOn } from './job-status.ts'
import { VideoInfo } from './jobs.ts'
import { discriminatedBy, refTo, wordOf } from './named.ts'
import { InfoStatus } from './words.ts'

const job_id = Type.String()

export const InfoJobProcessing = Type.Object(
  {
    job_id,
    status: wordOf(InfoStatus, 'processing'),
    message: Type.String({ description: 'What is going on, for people.' }),
    ...goingOn,
  },
  { $id: 'InfoJobProcessing', description: '`status` is `processing`: the job waits or runs.' },
)
export type InfoJobProcessing = Static<typeof InfoJobProcessing>

export const InfoJobCompleted = Type.Object(
  {
    job_id,
    status: wordOf(InfoStatus, 'completed'),
    video_info: refTo(VideoInfo),
    cached: Type.Boolean({
      description: 'This was known from shortly before, and the source was not asked again.',
    }),
    extracted_at: Instant('When the source was asked.'),
    ...endedWithResult,
  },
  { $id: 'InfoJobCompleted', description: '`status` is `completed`: `video_info` is there.' },
)
export type InfoJobCompleted = Static<typeof InfoJobCompleted>

export const InfoJobFailed = Type.Object(
  { job_id, status: wordOf(InfoStatus, 'failed'), ...endedInFailure },
  { $id: 'InfoJobFailed', description: '`status` is `failed`: `code` says why.' },
)
export type InfoJobFailed = Static<typeof InfoJobFailed>

export const InfoJobCancelled = Type.Object(
  { job_id, status: wordOf(InfoStatus, 'cancelled'), ...endedByClient },
  { $id: 'InfoJobCancelled', description: '`status` is `cancelled`: the job will not complete any more.' },
)
export type InfoJobCancelled = Static<typeof InfoJobCancelled>

export const InfoJob = discriminatedBy(
  'status',
  'InfoJob',
  {
    processing: InfoJobProcessing,
    completed: InfoJobCompleted,
    failed: InfoJobFailed,
    cancelled: InfoJobCancelled,
  } as const satisfies Record<InfoStatus, object>,
  { description: 'An info job. Which keys are there depends on `status`.' },
)
export type InfoJob = Static<typeof InfoJob>
