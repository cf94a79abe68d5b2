/** `compatibility`: a file that all players play. Without `transcode` nothing is encoded again for it. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const compatibility = defineOption({
  schema: Type.Enum(['universal'], {
    $id: 'Compatibility',
    type: 'string',
    description:
      '`universal`: H.264 with AAC in mp4, which all usual players and browsers play, before the size of the picture counts. Where the source does not have it, the warning `compatibility_unavailable` says so; with `transcode` it is encoded again. Absent: the best picture.',
    examples: ['universal'],
  }),
  // The formats are put into an mp4.
  affects: 'file',
  since: 5,
  absent: null,
  excludes: ['format_id'],
  excludesValues: { media: ['audio'], container: ['webm', 'mkv'], video_codec: ['vp9', 'h265', 'av1'] },
})
