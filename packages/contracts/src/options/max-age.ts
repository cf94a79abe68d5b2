/** `max_age`: how old a cached answer may be. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

/** Ten years, in seconds. */
const MAX_AGE_MAX = 315_360_000

export const maxAge = defineOption({
  schema: Type.Integer({
    minimum: 0,
    maximum: MAX_AGE_MAX,
    description:
      'How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it.',
    examples: [3600],
  }),
  affects: 'nothing',
  since: 5,
  absent: null,
})
