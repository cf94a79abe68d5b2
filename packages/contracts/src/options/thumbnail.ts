/** `thumbnail`: the picture of the video as a file beside the media. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const thumbnail = defineOption({
  schema: Type.Boolean({
    description:
      'true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false.',
    examples: [true],
  }),
  affects: 'file',
  since: 4,
  absent: false,
  makesFiles: () => true,
})
