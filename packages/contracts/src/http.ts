/**
 * One schema for each body that the gateway reads or writes. What the specification documents for a status is always
 * there in that status, null when unknown; everything else is an addition.
 */
import { type Static, Type } from 'typebox'
import { jobNotes } from './job-notes.ts'
import { FORMAT_IDS_LENGTH_MAX, URL_LENGTH_MAX, VideoInfo } from './jobs.ts'
import { NullableNumber, NullableString } from './nullable.ts'
import { Secret } from './webhooks.ts'
import { DownloadStatus, FailureCode, InfoStatus, JobKind, Phase, SupportLevel } from './words.ts'

const instant = (what: string) =>
  NullableString({ description: `${what} RFC 3339, UTC; null when it has not happened.` })

/** Every error of the API. */
export const ErrorReply = Type.Object(
  {
    error: Type.String({ description: 'What went wrong and what to do, for people.' }),
    status_code: Type.Integer({ description: 'The status of this answer, repeated.' }),
    code: Type.String({ description: 'A stable word for programs.' }),
    retryable: Type.Boolean({ description: 'Whether the same request may work later.' }),
    details: Type.Optional(
      Type.Array(
        Type.Object({
          field: Type.String({ description: 'JSON pointer, or the name of the parameter.' }),
          message: Type.String(),
        }),
        { description: 'Each problem of a request that is not valid.' },
      ),
    ),
  },
  { $id: 'ErrorReply', description: 'An error.' },
)
export type ErrorReply = Static<typeof ErrorReply>

export const ServiceStatus = Type.Object(
  {
    service: Type.String(),
    version: Type.String(),
    status: Type.Enum(['operational', 'degraded'], {
      description: '`degraded`: jobs cannot be accepted (no queue), or are accepted and wait (no worker).',
    }),
    queue: Type.Enum(['reachable', 'unreachable']),
    workers: Type.Enum(['alive', 'none', 'unknown']),
  },
  { $id: 'ServiceStatus' },
)
export type ServiceStatus = Static<typeof ServiceStatus>

export const Platform = Type.Object(
  {
    name: Type.String(),
    domain: NullableString(),
    support_level: SupportLevel,
    reason: Type.Optional(Type.String({ description: 'Why the support is not full.' })),
  },
  { $id: 'Platform' },
)
export type Platform = Static<typeof Platform>

const SourceUrl = Type.String({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description: 'The page or file with the video: absolute, http or https, without credentials.',
  examples: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
})

const Fresh = Type.Optional(
  Type.Boolean({
    description: 'true: ask the source again, whatever is known about this address or lies in the library already.',
    default: false,
    examples: [false],
  }),
)

const JobCallbackUrl = NullableString({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description:
    'Is told of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer.',
  examples: ['https://your-server.com/webhook'],
})

export const CreateInfoBody = Type.Object(
  { url: SourceUrl, fresh: Fresh, callback_url: Type.Optional(JobCallbackUrl) },
  { $id: 'CreateInfoBody', additionalProperties: false },
)
export type CreateInfoBody = Static<typeof CreateInfoBody>

export const CreateDownloadBody = Type.Object(
  {
    url: SourceUrl,
    format_id: Type.Optional(
      NullableString({
        maxLength: FORMAT_IDS_LENGTH_MAX,
        description:
          'A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred.',
        examples: ['22'],
      }),
    ),
    fresh: Fresh,
    callback_url: Type.Optional(JobCallbackUrl),
  },
  { $id: 'CreateDownloadBody', additionalProperties: false },
)
export type CreateDownloadBody = Static<typeof CreateDownloadBody>

const callbackSecret = Type.Optional(Secret)
const retryOf = Type.Optional(Type.String({ description: 'The job that this one repeats.' }))

export const InfoAccepted = Type.Object(
  {
    job_id: Type.String(),
    status: Type.Literal('processing'),
    message: Type.String(),
    callback_secret: callbackSecret,
    retry_of: retryOf,
  },
  { $id: 'InfoAccepted' },
)
export type InfoAccepted = Static<typeof InfoAccepted>

export const DownloadAccepted = Type.Object(
  {
    status: Type.Literal('download_started'),
    download_id: Type.String(),
    message: Type.String(),
    callback_secret: callbackSecret,
    retry_of: retryOf,
  },
  { $id: 'DownloadAccepted' },
)
export type DownloadAccepted = Static<typeof DownloadAccepted>

const failed = {
  error: Type.Optional(Type.String({ description: 'failed: why, for people.' })),
  code: Type.Optional(FailureCode),
  retryable: Type.Optional(Type.Boolean({ description: 'failed: whether a later job for the same video may work.' })),
}

const times = {
  created_at: instant('When the job was accepted.'),
  started_at: instant('When a worker last started it.'),
  finished_at: instant('When it ended.'),
}

const attempts = Type.Integer({ description: 'How often the job was tried so far, the running attempt included.' })

export const InfoStatusReply = Type.Object(
  {
    job_id: Type.String(),
    status: InfoStatus,
    progress: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'processing: 0 to 1, never falls.' })),
    message: Type.Optional(Type.String({ description: 'processing, cancelled: what is going on, for people.' })),
    video_info: Type.Optional(VideoInfo),
    cached: Type.Optional(
      Type.Boolean({
        description: 'completed: this was known from shortly before, and the source was not asked again.',
      }),
    ),
    extracted_at: Type.Optional(instant('completed: when the source was asked.')),
    heartbeat_at: Type.Optional(instant('processing: when a worker last saw the job at work.')),
    ...failed,
    ...jobNotes,
    url: Type.String({ description: 'The address that was asked for, in its canonical spelling.' }),
    attempts,
    retry_of: retryOf,
    ...times,
  },
  { $id: 'InfoStatusReply', description: 'An info job. Which keys are there depends on `status`.' },
)
export type InfoStatusReply = Static<typeof InfoStatusReply>

export const DownloadStatusReply = Type.Object(
  {
    status: DownloadStatus,
    progress: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'in_progress: 0 to 1, never falls.' })),
    status_message: Type.Optional(Type.String({ description: 'in_progress: what is going on, for people.' })),
    filename: Type.Optional(Type.String({ description: 'completed: the name of the file.' })),
    size_bytes: Type.Optional(Type.Integer({ description: 'completed: the size of the file.' })),
    download_url: Type.Optional(Type.String({ description: 'completed: where to fetch the file.' })),
    message: Type.Optional(Type.String({ description: 'cancelled: for people.' })),
    ...failed,
    ...jobNotes,
    download_id: Type.String(),
    url: Type.String({ description: 'The address that was asked for, in its canonical spelling.' }),
    format_id: NullableString({ description: 'The format that was asked for; null for the best.' }),
    phase: Type.Optional(Phase),
    downloaded_bytes: Type.Optional(NullableNumber()),
    total_bytes: Type.Optional(NullableNumber()),
    speed_bytes_per_second: Type.Optional(NullableNumber()),
    eta_seconds: Type.Optional(NullableNumber()),
    heartbeat_at: Type.Optional(instant('in_progress: when a worker last saw the download at work.')),
    title: Type.Optional(NullableString()),
    media_type: Type.Optional(Type.String()),
    duration: Type.Optional(NullableNumber({ description: 'Seconds.' })),
    sha256: Type.Optional(Type.String({ description: 'Of the file, 64 hexadecimal digits.' })),
    expires_at: Type.Optional(instant('completed: when the file will be removed.')),
    expired: Type.Optional(
      Type.Boolean({
        description: 'completed: the file has been removed, since its time was over or its owner removed it.',
      }),
    ),
    cached: Type.Optional(
      Type.Boolean({
        description: 'completed: the file was there from an earlier download, with its own `expires_at`.',
      }),
    ),
    attempts,
    retry_of: retryOf,
    ...times,
  },
  { $id: 'DownloadStatusReply', description: 'A download. Which keys are there depends on `status`.' },
)
export type DownloadStatusReply = Static<typeof DownloadStatusReply>

export const CancelReply = Type.Object(
  { job_id: Type.String(), status: Type.Literal('cancelled'), message: Type.String() },
  { $id: 'CancelReply' },
)
export type CancelReply = Static<typeof CancelReply>

export const DownloadEntry = Type.Object(
  {
    filename: Type.String(),
    size_bytes: Type.Integer(),
    created: Type.String({ description: 'UTC, `YYYY-MM-DDTHH:MM:SS`.' }),
    url: Type.String({ description: 'Where to fetch the file.' }),
    created_at: Type.String({ description: 'The same instant as `created`, RFC 3339.' }),
    title: NullableString(),
    source_url: Type.String(),
    duration: NullableNumber({ description: 'Seconds.' }),
    media_type: Type.String(),
    sha256: Type.String(),
    download_id: Type.String(),
    expires_at: NullableString({ description: 'RFC 3339; null: kept for ever.' }),
  },
  { $id: 'DownloadEntry' },
)
export type DownloadEntry = Static<typeof DownloadEntry>

export const JobSummary = Type.Object(
  {
    id: Type.String({ description: 'A `job_id` or a `download_id`.' }),
    kind: JobKind,
    status: Type.String({ description: 'The same word as the status of the job itself.' }),
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    url: Type.String(),
    status_url: Type.String({ description: 'Where to ask for the whole status.' }),
    code: Type.Optional(FailureCode),
    retry_of: retryOf,
    ...times,
  },
  { $id: 'JobSummary' },
)
export type JobSummary = Static<typeof JobSummary>

export const JobList = Type.Object(
  {
    jobs: Type.Array(Type.Unsafe<JobSummary>({ $ref: 'JobSummary#' }), { description: 'Newest first.' }),
    next_cursor: NullableString({ description: 'Give it as `cursor` to get the next page; null on the last one.' }),
  },
  { $id: 'JobList' },
)
export type JobList = Static<typeof JobList>

export const HealthReply = Type.Object({ status: Type.Literal('ok') }, { $id: 'HealthReply' })
export type HealthReply = Static<typeof HealthReply>
