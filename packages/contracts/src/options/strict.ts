/** `strict`: exactly what was asked for, or nothing. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const strict = defineOption({
  schema: Type.Boolean({
    description:
      'true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false.',
    examples: [true],
  }),
  affects: 'selection',
  since: 3,
  absent: false,
  needs: ['quality', 'video_codec', 'audio_language', 'container', 'compatibility'],
})
