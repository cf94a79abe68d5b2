/** Every closed vocabulary that the two processes share. */
import { type Static, Type } from 'typebox'

/** What can be asked for. Each kind has a queue of its own. */
export const JobKind = Type.Enum(['info', 'download'])
export type JobKind = Static<typeof JobKind>

/** Where a job is in its life. Internal: clients hear the public words of `InfoStatus` and `DownloadStatus`. */
export const JobState = Type.Enum(['queued', 'running', 'completed', 'failed', 'cancelled'])
export type JobState = Static<typeof JobState>

/** What the info endpoints say about a job (the specification, "Check Job Status"). */
export const InfoStatus = Type.Enum(['processing', 'completed', 'failed', 'cancelled'])
export type InfoStatus = Static<typeof InfoStatus>

/** What the download endpoints say about a job (the specification, "Check Download Status", plus `cancelled`). */
export const DownloadStatus = Type.Enum(['in_progress', 'completed', 'failed', 'cancelled'])
export type DownloadStatus = Static<typeof DownloadStatus>

/** What a running job is busy with. */
export const Phase = Type.Enum(['queued', 'extracting', 'downloading', 'processing', 'finalizing'])
export type Phase = Static<typeof Phase>

/** How well a platform is supported. */
export const SupportLevel = Type.Enum(['full', 'partial', 'generic', 'broken'])
export type SupportLevel = Static<typeof SupportLevel>

/** Why a job ended badly. Each code has its sentence and its retry rule in `core/job-failure.ts`. */
export const FailureCode = Type.Enum([
  'unsupported_url',
  'video_unavailable',
  'format_unavailable',
  'rate_limited',
  'forbidden',
  'bot_check',
  'login_required',
  'age_restricted',
  'private_video',
  'geo_restricted',
  'drm_protected',
  'live_not_supported',
  'live_not_started',
  'blocked_target',
  'file_too_large',
  'disk_full',
  'quota_exceeded',
  'network_error',
  'timeout',
  'stalled',
  'cpu_limit_exceeded',
  'memory_limit_exceeded',
  'extractor_broken',
  'postprocessing_failed',
  'invalid_media',
  'worker_crashed',
  'internal_error',
])
export type FailureCode = Static<typeof FailureCode>

/** What a job could not have without failing over it. Each code has its sentence in `core/job-warning.ts`. */
export const WarningCode = Type.Enum([
  'formats_missing',
  'formats_skipped',
  'metadata_incomplete',
  'subtitles_missing',
  'generic_extraction',
  'javascript_missing',
  'target_blocked',
  'more_videos',
  'entries_skipped',
  'length_differs',
  'result_shortened',
  'container_changed',
  'site_broken',
  'unspecified',
])
export type WarningCode = Static<typeof WarningCode>
