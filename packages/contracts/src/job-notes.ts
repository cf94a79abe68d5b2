/** What a job says beside its state: why the last attempt failed while it goes on, or before its time was over, and what it could not have. */
import { type Static, Type } from 'typebox'
import { Instant } from './instants.ts'
import { refTo } from './named.ts'
import { FailureCode, WarningCode } from './words.ts'

/** Of a failure with the code `live_not_started`. */
export const startsAt = Type.Optional(
  Instant('When the stream starts, as the source says. Absent where it does not say, and with every other code.'),
)

export const LastError = Type.Object(
  {
    code: refTo(FailureCode),
    error: Type.String({ description: 'Why the attempt failed, for people.' }),
    starts_at: startsAt,
  },
  {
    $id: 'LastError',
    description:
      'Why the last attempt failed of a job that goes on, or that had not ended when its time was over (`job_expired`).',
  },
)
export type LastError = Static<typeof LastError>

export const JobWarning = Type.Object(
  {
    code: refTo(WarningCode),
    message: Type.String({ description: 'What is missing, for people.' }),
  },
  { $id: 'JobWarning', description: 'What a job could not have, without failing over it.' },
)
export type JobWarning = Static<typeof JobWarning>
