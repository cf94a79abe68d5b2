/** `expires_in`: after which time nobody waits for the job any more. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

/** Thirty days, in seconds. */
const EXPIRES_IN_MAX = 2_592_000

export const expiresIn = defineOption({
  schema: Type.Integer({
    minimum: 1,
    maximum: EXPIRES_IN_MAX,
    description:
      'For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs.',
    examples: [900],
  }),
  // What it makes is the same, so a file of a job without it answers it.
  affects: 'nothing',
  since: 8,
  absent: null,
})
