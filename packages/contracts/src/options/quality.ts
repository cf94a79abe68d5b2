/** `quality`: how large the picture shall be. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const quality = defineOption({
  schema: Type.Enum(['best', '4320p', '2160p', '1440p', '1080p', '720p', '480p', '360p', '240p', '144p', 'smallest'], {
    $id: 'Quality',
    type: 'string',
    description:
      'How large the picture shall be: a height, `best`, or `smallest` for the smallest file. Where the height is not to be had, the next smaller one is taken, else the next larger one, and the warning `quality_unavailable` says so. A picture that is cropped or upright counts as the height that its wider side stands for. Absent: `best`.',
    examples: ['720p'],
  }),
  affects: 'selection',
  since: 3,
  absent: 'best',
  excludes: ['format_id'],
})
