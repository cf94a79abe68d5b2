/** What a job says beside its state: why the last attempt failed while it goes on, and what it could not have. */
import { type Static, Type } from 'typebox'
import { NullableString } from './nullable.ts'
import { FailureCode, WarningCode } from './words.ts'

export const LastError = Type.Object({
  code: FailureCode,
  error: Type.String({ description: 'Why the attempt failed, for people.' }),
})
export type LastError = Static<typeof LastError>

export const JobWarning = Type.Object({
  code: WarningCode,
  message: Type.String({ description: 'What is missing, for people.' }),
})
export type JobWarning = Static<typeof JobWarning>

/** Keys of the status of either kind of job. */
export const jobNotes = {
  next_step: Type.Optional(Type.String({ description: 'failed: what to do about it, for people.' })),
  last_error: Type.Optional(
    Type.Unsafe<LastError>({
      ...LastError,
      description: 'processing, in_progress: why the last attempt failed. Absent when none did.',
    }),
  ),
  next_attempt_at: Type.Optional(
    NullableString({
      description: 'With `last_error`: when the next attempt is due. RFC 3339; null while it runs or waits its turn.',
    }),
  ),
  warnings: Type.Optional(
    Type.Array(JobWarning, {
      description:
        'Not cancelled: what the latest attempt could not have, each kind once. Absent when nothing is missing.',
    }),
  ),
}
