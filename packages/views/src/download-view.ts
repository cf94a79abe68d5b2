/** A download as `GET /status/{download_id}` shows it. */
import { type Download, filesOf, type JobState } from '@video-scraper/contracts'
import type { SnapshotOf } from '@video-scraper/queue'
import { downloadMessages } from './download-messages.ts'
import { failureView } from './failure-view.ts'
import { downloadFileView } from './file-view.ts'
import { lastErrorOf, waitSentence, warningsOf } from './job-notes.ts'
import { jobOrigin, originOfEnded, phaseOf, startWaitMessage } from './job-origin.ts'
import { isGone, type Surroundings } from './surroundings.ts'
import { instantOrNull } from './times.ts'

type DownloadSnapshot = SnapshotOf<'download'>

function asked({ id, envelope: { options }, progress }: DownloadSnapshot) {
  const isAny = Object.keys(options).length > 0
  const { destination } = options
  return {
    download_id: id,
    format_id: options.format_id ?? null,
    ...(isAny && { options }),
    ...(destination && {
      destination: { ...destination, delivered_at: instantOrNull(progress?.delivered?.at ?? null) },
    }),
  }
}

function underWay(job: DownloadSnapshot): Download {
  const { progress } = job
  const fraction = progress?.fraction ?? 0
  const phase = phaseOf(job)
  return {
    status: 'in_progress',
    progress: fraction,
    status_message: waitSentence(job) ?? startWaitMessage(job) ?? downloadMessages[phase](fraction),
    phase,
    downloaded_bytes: progress?.downloadedBytes ?? null,
    total_bytes: progress?.totalBytes ?? null,
    speed_bytes_per_second: job.state === 'running' ? (progress?.bytesPerSecond ?? null) : null,
    eta_seconds: job.state === 'running' ? (progress?.etaSeconds ?? null) : null,
    heartbeat_at: instantOrNull(progress?.heartbeatAt ?? null),
    ...lastErrorOf(job),
    ...warningsOf(job),
    ...asked(job),
    ...jobOrigin(job),
  }
}

function completed(job: DownloadSnapshot, surroundings: Surroundings): Download {
  const { paths } = surroundings
  const { id, result } = job
  // The record of a result that is not there: a fault of ours.
  if (result === null) return failed(job)
  return {
    status: 'completed',
    filename: result.filename,
    size_bytes: result.sizeBytes,
    download_url: paths.file(result.filename),
    title: result.title,
    media_type: result.mediaType,
    duration: result.durationSeconds,
    sha256: result.sha256,
    expires_at: instantOrNull(result.expiresAt),
    expired: isGone(result, surroundings),
    files: filesOf(result).map((file) => downloadFileView(file, paths, isGone(file, surroundings))),
    archive_url: paths.archive(id),
    cached: result.jobId !== id,
    ...warningsOf(job),
    ...asked(job),
    ...originOfEnded(job),
  }
}

const failed = (job: DownloadSnapshot): Download => ({
  status: 'failed',
  ...failureView(job),
  ...warningsOf(job),
  ...asked(job),
  ...originOfEnded(job),
})

const cancelled = (job: DownloadSnapshot): Download => ({
  status: 'cancelled',
  message: 'Download cancelled',
  ...asked(job),
  ...originOfEnded(job),
})

const views = {
  queued: underWay,
  running: underWay,
  completed,
  failed,
  cancelled,
} as const satisfies Record<JobState, (job: DownloadSnapshot, surroundings: Surroundings) => Download>

export const downloadView = (job: DownloadSnapshot, surroundings: Surroundings): Download =>
  views[job.state](job, surroundings)
