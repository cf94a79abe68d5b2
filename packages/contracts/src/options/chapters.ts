/** `chapters`: each chapter of the video as a file of its own. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const chapters = defineOption({
  schema: Type.Boolean({
    description:
      'true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false.',
    examples: [true],
  }),
  affects: 'file',
  since: 5,
  absent: false,
  makesFiles: () => true,
})
