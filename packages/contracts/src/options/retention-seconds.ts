/** `retention_seconds`: how long the files are kept. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

/** A client needs a moment to fetch them. */
const RETENTION_SECONDS_MIN = 60
/** Ten years. What the operator keeps is checked by the gateway. */
const RETENTION_SECONDS_MAX = 315_360_000

export const retentionSeconds = defineOption({
  schema: Type.Integer({
    minimum: RETENTION_SECONDS_MIN,
    maximum: RETENTION_SECONDS_MAX,
    description:
      'For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same.',
    examples: [3600],
  }),
  // A file that was made to be kept otherwise is another file.
  affects: 'file',
  since: 5,
  absent: null,
})
