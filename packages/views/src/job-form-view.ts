/** A job as `GET /job/{job_id}` shows it: any kind whose status has that form. */
import {
  type JobFormKind,
  type JobKind,
  type JobState,
  kinds,
  type ShowSurroundings,
  summaryOf,
} from '@video-scraper/contracts'
import type { SnapshotOf } from '@video-scraper/queue'
import { failureView } from './failure-view.ts'
import { downloadFileView } from './file-view.ts'
import { lastErrorOf, waitSentence, warningsOf } from './job-notes.ts'
import { endOf, jobOrigin, originOfEnded, phaseOf, startWaitMessage } from './job-origin.ts'
import { isGone, type Surroundings } from './surroundings.ts'
import { instant, instantOrNull } from './times.ts'

type KindsOfForm = { [Kind in JobKind]: (typeof kinds)[Kind]['form'] extends 'job' ? Kind : never }[JobKind]
export type JobFormSnapshot = SnapshotOf<KindsOfForm>

/** Of a playlist whose list has been read. */
const entriesOf = ({ progress, state }: JobFormSnapshot) =>
  progress?.entries === undefined ? {} : { summary: summaryOf(progress.entries, state) }

const underWay = (job: JobFormSnapshot) => ({
  job_id: job.id,
  status: 'processing',
  progress: job.progress?.fraction ?? 0,
  message: waitSentence(job) ?? startWaitMessage(job) ?? kinds[job.kind].messages[phaseOf(job)],
  ...entriesOf(job),
  heartbeat_at: instantOrNull(job.progress?.heartbeatAt ?? null),
  ...lastErrorOf(job),
  ...warningsOf(job),
  ...jobOrigin(job),
})

function completed(job: JobFormSnapshot, surroundings: Surroundings) {
  // The record of a result that is not there: a fault of ours.
  if (job.result === null) return failed(job)
  // A snapshot has the result of its own kind, which the compiler cannot follow through the table.
  const { show } = kinds[job.kind] as unknown as JobFormKind<unknown>
  return {
    job_id: job.id,
    status: 'completed',
    ...show(job.result, shownFor(job, surroundings)),
    ...warningsOf(job),
    ...originOfEnded(job),
  }
}

function shownFor(job: JobFormSnapshot, surroundings: Surroundings): ShowSurroundings {
  const { paths } = surroundings
  return {
    id: job.id,
    endedAt: endOf(job),
    instant,
    instantOrNull,
    transcript: paths.transcript,
    shown: (files) => files.map((file) => downloadFileView(file, paths, isGone(file, surroundings))),
  }
}

const failed = (job: JobFormSnapshot) => ({
  job_id: job.id,
  status: 'failed',
  ...failureView(job),
  ...entriesOf(job),
  ...warningsOf(job),
  ...originOfEnded(job),
})

const cancelled = (job: JobFormSnapshot) => ({
  job_id: job.id,
  status: 'cancelled',
  message: 'Job cancelled',
  ...entriesOf(job),
  ...originOfEnded(job),
})

const views = {
  queued: underWay,
  running: underWay,
  completed,
  failed,
  cancelled,
} as const satisfies Record<JobState, (job: JobFormSnapshot, surroundings: Surroundings) => object>

export const jobFormView = (job: JobFormSnapshot, surroundings: Surroundings) => views[job.state](job, surroundings)
