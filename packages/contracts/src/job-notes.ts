/** What a job says beside its state: why the last attempt failed while it goes on, and what it could not have. */
import { type Static, Type } from 'typebox'
import { refTo } from './named.ts'
import { FailureCode, WarningCode } from './words.ts'

export const LastError = Type.Object(
  {
    code: refTo(FailureCode),
    error: Type.String({ description: 'Why the attempt failed, for people.' }),
  },
  { $id: 'LastError', description: 'Why the last attempt of a job that goes on failed.' },
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
