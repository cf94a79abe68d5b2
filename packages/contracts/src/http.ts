/**
 * One schema for each body that the gateway reads or writes. What the specification documents for a status is always
 * there in that status, null when unknown; everything else is an addition.
 */
import { type Static, Type } from 'typebox'
import { ByteCount } from './byte-count.ts'
import { DownloadFile } from './download-file.ts'
import { FileRole } from './file-roles.ts'
import { Instant, NullableInstant } from './instants.ts'
import { parentId, retryOf } from './job-status.ts'
import { JobKind } from './kinds/table.ts'
import { Metadata } from './metadata.ts'
import { refTo, wordOf } from './named.ts'
import { NullableInteger, NullableNumber, NullableString } from './nullable.ts'
import { FailureCode, InfoStatus, SupportLevel } from './words.ts'

const ONLY_AS_PROBLEM = 'Only with `Accept: application/problem+json` (RFC 9457).'
const ofProblem = (description: string) =>
  Type.Optional(Type.String({ description: `${description} ${ONLY_AS_PROBLEM}` }))

/** Every error of the API. */
export const ErrorReply = Type.Object(
  {
    error: Type.String({ description: 'What went wrong and what to do, for people.' }),
    status_code: Type.Integer({ description: 'The status of this answer, repeated.' }),
    code: Type.String({ description: 'A stable word for programs.' }),
    retryable: Type.Boolean({ description: 'Whether the same request may work later.' }),
    doc_url: Type.Optional(Type.String({ description: 'Where this code is explained.' })),
    request_id: Type.Optional(
      Type.String({
        description: 'The id of the request, as in `X-Request-Id` and in the log. Name it when you report a problem.',
      }),
    ),
    details: Type.Optional(
      Type.Array(
        Type.Object({
          field: Type.String({ description: 'JSON pointer, or the name of the parameter.' }),
          message: Type.String(),
        }),
        { description: 'Each problem of a request that is not valid.' },
      ),
    ),
    type: ofProblem('The same as `doc_url`.'),
    title: ofProblem('What the code means in general.'),
    status: Type.Optional(Type.Integer({ description: `The same as \`status_code\`. ${ONLY_AS_PROBLEM}` })),
    detail: ofProblem('The same as `error`.'),
  },
  { $id: 'ErrorReply', description: 'An error.' },
)
export type ErrorReply = Static<typeof ErrorReply>

export const VersionRefusal = Type.Enum(['self_check_failed', 'broke_more_often', 'by_hand'], {
  $id: 'VersionRefusal',
  type: 'string',
  description:
    'Why a version of yt-dlp is not used: it does not do what jobs need, it broke on more jobs than the version before, or somebody said so.',
})
export type VersionRefusal = Static<typeof VersionRefusal>

export const EngineUpdates = Type.Object(
  {
    channel: Type.Enum(['stable', 'nightly'], { type: 'string', description: 'Where newer versions come from.' }),
    trial: Type.Optional(
      Type.Object(
        {
          version: Type.String(),
          since: Instant('When the trial began.'),
          jobs: Type.Integer({ description: 'How many jobs it was given so far by the worker that tells this.' }),
          sites: Type.Integer({ description: 'Of how many sites.' }),
          broken: Type.Integer({ description: 'How many of them broke.' }),
          broken_before: Type.Integer({ description: 'How many of those broke with the version before as well.' }),
        },
        { description: 'The version that gets a share of the jobs. Absent: there is none.' },
      ),
    ),
    last_refused: Type.Optional(
      Type.Object(
        {
          version: Type.String(),
          reason: refTo(VersionRefusal),
          at: Instant('When it was refused.'),
        },
        { description: 'The version that was rolled back or refused last. Absent: none was.' },
      ),
    ),
    looked_at: NullableInstant('When a worker last looked for a newer version.', 'when none has yet'),
    look_failed: Type.Boolean({ description: 'That look found out nothing. The log of the worker says why.' }),
  },
  { $id: 'EngineUpdates', description: 'Newer versions of yt-dlp. Not there with `YTDLP_CHANNEL=pinned`.' },
)
export type EngineUpdates = Static<typeof EngineUpdates>

export const PoTokenProviderState = Type.Enum(['none', 'reachable', 'unreachable'], {
  $id: 'PoTokenProviderState',
  type: 'string',
  description:
    '`none`: no provider of PO tokens is set up, and none are used. `unreachable`: it does not answer, and jobs go on without tokens.',
})
export type PoTokenProviderState = Static<typeof PoTokenProviderState>

export const EngineStatus = Type.Object(
  {
    ok: Type.Boolean({ description: 'Everything that was checked does what jobs need.' }),
    checked_at: Instant('When the worker that started last has checked it.'),
    failed_checks: Type.Array(Type.String(), {
      description: 'Names of what does not do what jobs need, such as `impersonation`. The log of the worker says why.',
    }),
    ytdlp_version: NullableString(),
    ytdlp_age_days: NullableInteger({
      description: 'Whole days since this yt-dlp was released. After some weeks sites change faster than it.',
    }),
    curl_cffi_version: NullableString({ description: 'Imitates browsers. null: it is not installed.' }),
    deno_version: NullableString({ description: "Runs sites' JavaScript. null: it is not installed." }),
    ffmpeg_version: NullableString(),
    po_token_provider: Type.Optional(refTo(PoTokenProviderState)),
    updates: Type.Optional(refTo(EngineUpdates)),
  },
  { $id: 'EngineStatus', description: 'What the workers download with. Not there until a worker has checked it.' },
)
export type EngineStatus = Static<typeof EngineStatus>

export const RestingSite = Type.Object(
  {
    site: Type.String({ description: 'The registrable domain.' }),
    until: Instant('When jobs ask it again.'),
  },
  { $id: 'RestingSite', description: 'A site that refused too often. Its jobs wait.' },
)
export type RestingSite = Static<typeof RestingSite>

export const ServiceStatus = Type.Object(
  {
    service: Type.String(),
    version: Type.String(),
    status: Type.Enum(['operational', 'degraded'], {
      $id: 'ServiceCondition',
      type: 'string',
      description: '`degraded`: jobs cannot be accepted (no queue), or are accepted and wait (no worker).',
    }),
    queue: Type.Enum(['reachable', 'unreachable'], { type: 'string' }),
    workers: Type.Enum(['alive', 'none', 'unknown'], { type: 'string' }),
    engine: Type.Optional(refTo(EngineStatus)),
    resting_sites: Type.Optional(
      Type.Array(refTo(RestingSite), {
        description: 'Known sites that are left alone for a while. Absent where there is none.',
      }),
    ),
  },
  { $id: 'ServiceStatus' },
)
export type ServiceStatus = Static<typeof ServiceStatus>

export const Platform = Type.Object(
  {
    name: Type.String(),
    domain: NullableString(),
    support_level: refTo(SupportLevel),
    reason: Type.Optional(Type.String({ description: 'Why the support is not full.' })),
    resting_until: Type.Optional(
      Instant('The site refused too often, and its jobs wait until then. Absent where they do not wait.'),
    ),
  },
  { $id: 'Platform' },
)
export type Platform = Static<typeof Platform>

export const CancelReply = Type.Object(
  { job_id: Type.String(), status: wordOf(InfoStatus, 'cancelled'), message: Type.String() },
  { $id: 'CancelReply' },
)
export type CancelReply = Static<typeof CancelReply>

export const DownloadEntry = Type.Object(
  {
    filename: Type.String(),
    size_bytes: ByteCount('The size of the file.'),
    created: Type.String({ description: 'UTC, `YYYY-MM-DDTHH:MM:SS`.' }),
    url: Type.String({ description: 'Where to fetch the file.' }),
    created_at: Instant('The same instant as `created`.'),
    title: NullableString(),
    source_url: Type.String(),
    duration: NullableNumber({ description: 'Seconds.' }),
    media_type: Type.String(),
    sha256: Type.String(),
    download_id: Type.String(),
    expires_at: NullableInstant('When the file will be removed.', 'when it is kept for ever'),
    role: refTo(FileRole),
    language: NullableString({ description: 'Of subtitles, as the source names it; null for everything else.' }),
    files: Type.Array(refTo(DownloadFile), {
      description:
        'Of the first media file of a download: all files of it that are still there. Of any other file: that file.',
    }),
  },
  { $id: 'DownloadEntry' },
)
export type DownloadEntry = Static<typeof DownloadEntry>

export const JobSummary = Type.Object(
  {
    id: Type.String({ description: 'A `job_id` or a `download_id`.' }),
    kind: refTo(JobKind),
    status: Type.String({ description: 'The same word as the status of the job itself.' }),
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    url: Type.String(),
    status_url: Type.String({ description: 'Where to ask for the whole status.' }),
    error: Type.Optional(Type.String({ description: 'failed: why, for people.' })),
    filename: Type.Optional(Type.String({ description: 'A completed download: the name of its file.' })),
    download_url: Type.Optional(
      Type.String({ description: 'A completed download: where to fetch its file, as long as it is kept.' }),
    ),
    code: Type.Optional(refTo(FailureCode)),
    retry_of: retryOf,
    parent_id: parentId,
    metadata: Type.Optional(refTo(Metadata)),
    created_at: Instant('When the job was accepted.'),
    started_at: NullableInstant('When a worker last started it.'),
    finished_at: NullableInstant('When it ended.'),
  },
  { $id: 'JobSummary' },
)
export type JobSummary = Static<typeof JobSummary>

export const JobList = Type.Object(
  {
    jobs: Type.Array(refTo(JobSummary), { description: 'Newest first.' }),
    next_cursor: NullableString({ description: 'Give it as `cursor` to get the next page; null on the last one.' }),
  },
  { $id: 'JobList' },
)
export type JobList = Static<typeof JobList>

export const HealthReply = Type.Object({ status: Type.Literal('ok') }, { $id: 'HealthReply' })
export type HealthReply = Static<typeof HealthReply>
