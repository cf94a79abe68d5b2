/** Which of the own jobs are meant: the conditions of the list, and of what is done to many jobs in one request. */
import { type Static, Type } from 'typebox'
import { instantCondition } from './instants.ts'
import { JobKind } from './kinds/table.ts'
import { Metadata } from './metadata.ts'
import { refTo } from './named.ts'
import { NullableString } from './nullable.ts'
import { DownloadStatus, InfoStatus } from './words.ts'

/** How many jobs one request may change. */
export const SELECTED_JOBS_MAX = 100

/** Every word that a status can be. */
const statusWords = [...new Set<InfoStatus | DownloadStatus>([...InfoStatus.enum, ...DownloadStatus.enum])]

export const JobStatusWord = Type.Enum(statusWords, {
  $id: 'JobStatusWord',
  type: 'string',
  description:
    'Only jobs whose status is this word. An info job that has not ended is `processing`, a download that has not ended is `in_progress`.',
})

export type JobStatusWord = Static<typeof JobStatusWord>

/** What a query and a body say in the same way. */
export const jobConditions = {
  status: Type.Optional(JobStatusWord),
  kind: Type.Optional(JobKind),
  parent_id: Type.Optional(
    Type.String({ maxLength: 100, description: 'Only jobs that this playlist has made of its entries.' }),
  ),
  created_after: instantCondition('Only jobs that were made later than this.'),
  created_before: instantCondition('Only jobs that were made earlier than this.'),
}

export const JobSelection = Type.Object(
  {
    ...jobConditions,
    metadata: Type.Optional(Metadata),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: SELECTED_JOBS_MAX,
        description: `How many jobs this request may change. Absent: ${SELECTED_JOBS_MAX}.`,
      }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next_cursor` of the request before.' })),
  },
  {
    $id: 'JobSelection',
    additionalProperties: false,
    description:
      'The own jobs for which all of these conditions hold, newest first. At least one condition is needed; of `metadata` every entry must be there.',
  },
)
export type JobSelection = Static<typeof JobSelection>

export const RefusedJob = Type.Object(
  {
    id: Type.String({ description: 'A `job_id` or a `download_id`.' }),
    error: Type.String({ description: 'Why nothing was done to it, for people.' }),
    status_code: Type.Integer({ description: 'The status that a request for this job alone would have had.' }),
    code: Type.String({ description: 'The same for programs.' }),
  },
  { $id: 'RefusedJob', description: 'A job that was selected, and for which it was too late or too early.' },
)
export type RefusedJob = Static<typeof RefusedJob>

const ids = (what: string) => Type.Array(Type.String(), { description: `The ids of the jobs that were ${what}.` })
const refused = Type.Array(refTo(RefusedJob), { description: 'Those that could not be, and why.' })
const next_cursor = NullableString({
  description:
    'Send the same conditions with it as `cursor`: there may be more such jobs, also where this answer names none. null: there are no more.',
})

export const CancelledJobs = Type.Object(
  { cancelled: ids('cancelled'), refused, next_cursor },
  { $id: 'CancelledJobs' },
)
export type CancelledJobs = Static<typeof CancelledJobs>

export const DeletedJobs = Type.Object({ deleted: ids('removed'), refused, next_cursor }, { $id: 'DeletedJobs' })
export type DeletedJobs = Static<typeof DeletedJobs>
