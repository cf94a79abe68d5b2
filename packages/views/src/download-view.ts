/** A download as `GET /status/{download_id}` shows it. */
import type { DownloadStatusReply, JobState } from '@video-scraper/contracts'
import type { DownloadSnapshot } from '@video-scraper/queue'
import { failureView } from './failure-view.ts'
import { lastErrorOf, warningsOf } from './job-notes.ts'
import { jobOrigin, phaseOf } from './job-origin.ts'
import type { PublicPaths } from './public-paths.ts'
import { downloadMessages, downloadStatus } from './status-words.ts'
import { instantOrNull } from './times.ts'

type Part = Partial<DownloadStatusReply>

interface Surroundings {
  paths: PublicPaths
  /** Epoch milliseconds. */
  now: number
  /** The file is not there any more, although its time may not be over. Default: false. */
  removed?: boolean
}

function underWay(job: DownloadSnapshot): Part {
  const { progress } = job
  const fraction = progress?.fraction ?? 0
  const phase = phaseOf(job)
  return {
    progress: fraction,
    status_message: downloadMessages[phase](fraction),
    phase,
    downloaded_bytes: progress?.downloadedBytes ?? null,
    total_bytes: progress?.totalBytes ?? null,
    speed_bytes_per_second: job.state === 'running' ? (progress?.bytesPerSecond ?? null) : null,
    eta_seconds: job.state === 'running' ? (progress?.etaSeconds ?? null) : null,
    heartbeat_at: instantOrNull(progress?.heartbeatAt ?? null),
    ...lastErrorOf(job),
    ...warningsOf(job),
  }
}

function completed(job: DownloadSnapshot, { paths, now, removed = false }: Surroundings): Part {
  const { id, result } = job
  if (result === null) return {}
  return {
    filename: result.filename,
    size_bytes: result.sizeBytes,
    download_url: paths.file(result.filename),
    title: result.title,
    media_type: result.mediaType,
    duration: result.durationSeconds,
    sha256: result.sha256,
    expires_at: instantOrNull(result.expiresAt),
    expired: removed || (result.expiresAt !== null && result.expiresAt <= now),
    cached: result.jobId !== id,
    ...warningsOf(job),
  }
}

const parts = {
  queued: underWay,
  running: underWay,
  completed,
  failed: (job) => ({ ...failureView('download', job.failure), ...warningsOf(job) }),
  cancelled: () => ({ message: 'Download cancelled' }),
} as const satisfies Record<JobState, (job: DownloadSnapshot, surroundings: Surroundings) => Part>

export const downloadView = (job: DownloadSnapshot, surroundings: Surroundings): DownloadStatusReply => ({
  status: downloadStatus[job.state],
  ...parts[job.state](job, surroundings),
  download_id: job.id,
  format_id: job.envelope.formatId,
  ...jobOrigin(job),
})
