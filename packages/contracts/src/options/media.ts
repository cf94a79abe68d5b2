/** `media`: picture and sound, or sound alone. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const media = defineOption({
  schema: Type.Enum(['video', 'audio'], {
    $id: 'DownloadMedia',
    type: 'string',
    description:
      '`audio`: the sound alone, with title, artist and date as tags. Without an `audio_format` it stays encoded as it is. Absent: `video`.',
    examples: ['audio'],
  }),
  affects: 'file',
  since: 3,
  absent: 'video',
  excludes: ['quality', 'video_codec'],
})
