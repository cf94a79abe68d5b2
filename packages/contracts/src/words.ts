/** Every closed vocabulary that the two processes share. `$id` is the name in the OpenAPI document; what has none is internal. */
import { type Static, Type } from 'typebox'

/** Where a job is in its life. Internal: clients hear the public words of `InfoStatus` and `DownloadStatus`. */
export const JobState = Type.Enum(['queued', 'running', 'completed', 'failed', 'cancelled'])
export type JobState = Static<typeof JobState>

/** What the info endpoints say about a job (the specification, "Check Job Status"). */
export const InfoStatus = Type.Enum(['processing', 'completed', 'failed', 'cancelled'], {
  $id: 'InfoJobStatus',
  type: 'string',
})
export type InfoStatus = Static<typeof InfoStatus>

/** What the download endpoints say about a job (the specification, "Check Download Status", plus `cancelled`). */
export const DownloadStatus = Type.Enum(['in_progress', 'completed', 'failed', 'cancelled'], {
  $id: 'DownloadStatus',
  type: 'string',
})
export type DownloadStatus = Static<typeof DownloadStatus>

/** What the answer to a POST says of the job that it made (the specification, "Extract Video Information", "Download Video"). */
export const AcceptedStatus = Type.Enum(['processing', 'download_started'], { $id: 'AcceptedStatus', type: 'string' })
export type AcceptedStatus = Static<typeof AcceptedStatus>

/** What a running job is busy with. */
export const Phase = Type.Enum(['queued', 'extracting', 'downloading', 'processing', 'finalizing'], {
  $id: 'JobPhase',
  type: 'string',
})
export type Phase = Static<typeof Phase>

/** What a queued job waits for until `next_attempt_at`, where that is not its next attempt after a failed one. */
export const WaitReason = Type.Enum(['site_rest', 'site_rate', 'transcode_turn'], {
  $id: 'JobWaitReason',
  type: 'string',
  description:
    '`site_rest`: the site has refused too often, and is left alone for a while. `site_rate`: the site is asked only so often, and other jobs are first. `transcode_turn`: a download with `transcode`, and as many of them run as may at once.',
})
export type WaitReason = Static<typeof WaitReason>

/** How well a platform is supported. */
export const SupportLevel = Type.Enum(['full', 'partial', 'generic', 'broken'], { $id: 'SupportLevel', type: 'string' })
export type SupportLevel = Static<typeof SupportLevel>

/** Why a job ended badly. Each code has its sentence and its retry rule in `core/job-failure.ts`. */
const failureCodes = [
  'unsupported_url',
  'video_unavailable',
  'format_unavailable',
  'option_unavailable',
  'rate_limited',
  'forbidden',
  'bot_check',
  'impersonation_missing',
  'no_captions',
  'login_required',
  'cookies_expired',
  'age_restricted',
  'private_video',
  'geo_restricted',
  'drm_protected',
  'sabr_only',
  'live_not_supported',
  'live_not_started',
  'blocked_target',
  'exit_unavailable',
  'file_too_large',
  'disk_full',
  'quota_exceeded',
  'network_error',
  'bad_certificate',
  'timeout',
  'stalled',
  'cpu_limit_exceeded',
  'memory_limit_exceeded',
  'transcode_limit',
  'extractor_broken',
  'postprocessing_failed',
  'invalid_media',
  'delivery_blocked',
  'delivery_refused',
  'delivery_failed',
  'job_expired',
  'worker_crashed',
  'internal_error',
] as const
export const FailureCode = Type.Enum([...failureCodes], { $id: 'JobFailureCode', type: 'string' })
export type FailureCode = Static<typeof FailureCode>

/** What a job could not have without failing over it. Each code has its sentence in `core/job-warning.ts`. */
const warningCodes = [
  'formats_missing',
  'formats_skipped',
  'metadata_incomplete',
  'subtitles_missing',
  'subtitles_not_embedded',
  'thumbnail_missing',
  'chapters_missing',
  'clips_missing',
  'embedding_incomplete',
  'generic_extraction',
  'javascript_missing',
  'impersonation_missing',
  'target_blocked',
  'more_videos',
  'entries_skipped',
  'segments_missing',
  'length_differs',
  'result_shortened',
  'container_changed',
  'stream_missing',
  'quality_unavailable',
  'video_codec_unavailable',
  'audio_language_unavailable',
  'container_unavailable',
  'compatibility_unavailable',
  'video_transcoded',
  'audio_transcoded',
  'transcode_limit',
  'transcode_failed',
  'streams_left_out',
  'cookies_expired',
  'po_token_missing',
  'po_token_failed',
  'site_broken',
  'unspecified',
] as const
export const WarningCode = Type.Enum([...warningCodes], { $id: 'JobWarningCode', type: 'string' })
export type WarningCode = Static<typeof WarningCode>
