/** What the status of either kind of job says in each of its states. Each state has exactly the keys that belong to it. */
import { Type } from 'typebox'
import { Instant, NullableInstant } from './instants.ts'
import { JobWarning, LastError, startsAt } from './job-notes.ts'
import { KindWord } from './kinds/kind-word.ts'
import { Metadata } from './metadata.ts'
import { refTo } from './named.ts'
import { FailureCode, WaitReason } from './words.ts'

export const retryOf = Type.Optional(Type.String({ description: 'The job that this one repeats.' }))

/** Of a job whose request has `expires_in`. */
export const jobExpiresAt = Type.Optional(
  Instant('When the time of the job (`expires_in`) is over. Absent for a job that has none.'),
)

/** Of a job that a playlist has made. */
export const parentId = Type.Optional(
  Type.String({ description: 'The playlist that made this job of one of its entries.' }),
)

const started = {
  kind: KindWord,
  url: Type.String({ description: 'The address that was asked for, in its canonical spelling.' }),
  attempts: Type.Integer({ description: 'How often the job was tried so far, the running attempt included.' }),
  retry_of: retryOf,
  parent_id: parentId,
  metadata: Type.Optional(refTo(Metadata)),
  created_at: Instant('When the job was accepted.'),
  started_at: NullableInstant('When a worker last started it.'),
  job_expires_at: jobExpiresAt,
  ytdlp_version: Type.Optional(
    Type.String({
      description:
        'The version of yt-dlp that made this answer, or was the last at work. Absent before the first start.',
    }),
  ),
}

const warnings = Type.Optional(
  Type.Array(refTo(JobWarning), {
    description: 'What the latest attempt could not have, each kind once. Absent when nothing is missing.',
  }),
)

/** Keys of a job that has not ended. */
export const goingOn = {
  progress: Type.Number({ minimum: 0, maximum: 1, description: '0 to 1, never falls.' }),
  heartbeat_at: NullableInstant('When a worker last saw the job at work.'),
  last_error: Type.Optional(refTo(LastError)),
  next_attempt_at: Type.Optional(
    NullableInstant(
      'With `last_error` or `waiting_for`: when the next attempt is due.',
      'while it runs or waits its turn',
    ),
  ),
  waiting_for: Type.Optional(refTo(WaitReason)),
  warnings,
  ...started,
  finished_at: NullableInstant('When it ended.'),
}

/** Keys of every job that has ended. `finished_at` is a text in these states alone, which tells them from the others. */
const ended = { ...started, finished_at: Instant('When it ended.') }

export const endedWithResult = { warnings, ...ended }

export const endedInFailure = {
  error: Type.String({ description: 'Why it failed, for people.' }),
  code: refTo(FailureCode),
  retryable: Type.Boolean({ description: 'Whether a later job for the same video may work.' }),
  next_step: Type.String({ description: 'What to do about it, for people.' }),
  starts_at: startsAt,
  last_error: Type.Optional(refTo(LastError)),
  warnings,
  ...ended,
}

export const endedByClient = { message: Type.String({ description: 'What happened, for people.' }), ...ended }
