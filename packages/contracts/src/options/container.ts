/** `container`: what kind of file picture and sound shall be put into. Nothing is encoded again for it. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const container = defineOption({
  schema: Type.Enum(['mp4', 'webm', 'mkv'], {
    $id: 'Container',
    type: 'string',
    description:
      'What kind of file picture and sound shall be put into. Formats that fit into it without being encoded again are taken before others. Where the source has none, the warning `container_unavailable` says so. Absent: mp4 or webm where the best formats fit into it, else mkv.',
    examples: ['mp4'],
  }),
  // What is made of the same formats differs with it.
  affects: 'file',
  since: 5,
  absent: null,
  excludesValues: { media: ['audio'] },
  // By its definition it holds VP8, VP9 and AV1 alone.
  valueExcludes: { webm: { video_codec: ['h264', 'h265'] } },
})
