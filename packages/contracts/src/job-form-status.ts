/** The status of a job as `GET /job/{job_id}` answers it, for any kind of that form: one shape for each word of its status. */
import { type TProperties, type TSchema, Type } from 'typebox'
import { endedByClient, endedInFailure, endedWithResult, goingOn } from './job-status.ts'
import { discriminatedBy, refTo, wordOf } from './named.ts'
import { PlaylistSummary } from './playlist.ts'
import { InfoStatus } from './words.ts'

interface JobFormStatus {
  /** `InfoJob`. The shape of a completed job has the name with `Completed` behind it. */
  readonly name: string
  /** The word of `kind` in the table of kinds. */
  readonly kind: string
  /** One sentence: what it is the status of. */
  readonly description: string
  /** What a completed job has beside what all have, and a sentence that says so. At least one key is always there. */
  readonly completed: TProperties
  readonly completedNote: string
}

const shapeOf = ($id: string, status: InfoStatus, note: string, keys: TProperties, extensions: object = {}) =>
  Type.Object(
    { job_id: Type.String(), status: wordOf(InfoStatus, status), ...keys },
    { $id, description: `\`status\` is \`${status}\`: ${note}`, ...extensions },
  )

/** Of a playlist that has not completed: absent until its list has been read. */
const summary = Type.Optional(refTo(PlaylistSummary))

/** Shapes that jobs of every kind of this form have. They are named after the kind that the specification has. */
export const jobFormShapes = {
  processing: shapeOf('InfoJobProcessing', 'processing', 'the job waits or runs.', {
    message: Type.String({ description: 'What is going on, for people.' }),
    summary,
    ...goingOn,
  }),
  failed: shapeOf('InfoJobFailed', 'failed', '`code` says why.', { ...endedInFailure, summary }),
  cancelled: shapeOf('InfoJobCancelled', 'cancelled', 'the job will not complete any more.', {
    ...endedByClient,
    summary,
  }),
} as const satisfies Partial<Record<InfoStatus, TSchema>>

/** `status` refers to `completed` by its name. `x-kind` is for programs that read the document: a constant would break generators. */
export function jobFormStatus({ name, kind, description, completed: keys, completedNote }: JobFormStatus): {
  readonly status: TSchema
  readonly completed: TSchema
} {
  const keysOfCompleted = { ...keys, ...endedWithResult }
  const completed = shapeOf(`${name}Completed`, 'completed', completedNote, keysOfCompleted, { 'x-kind': kind })
  const { processing, failed, cancelled } = jobFormShapes
  const byStatus: Record<InfoStatus, TSchema> = { processing, completed, failed, cancelled }
  const status = discriminatedBy('status', name, byStatus, {
    description: `${description} Which keys are there depends on \`status\`.`,
  })
  return { status, completed }
}
