/** `video_codec`: how the picture shall be encoded. Nothing is encoded again for it. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const videoCodec = defineOption({
  schema: Type.Enum(['h264', 'vp9', 'h265', 'av1'], {
    $id: 'VideoCodec',
    type: 'string',
    description:
      'How the picture shall be encoded, before its size counts. Nothing is encoded again: where the source does not have it, the warning `video_codec_unavailable` says so. Absent: at the same size and frame rate the one that most players know: H.264, then VP9, H.265, AV1.',
    examples: ['h264'],
  }),
  affects: 'selection',
  since: 3,
  absent: null,
  excludes: ['format_id'],
})
