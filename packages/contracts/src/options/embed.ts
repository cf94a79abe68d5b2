/** `embed`: what is put into the media file beside picture and sound. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const embed = defineOption({
  schema: Type.Array(Type.Enum(['metadata', 'chapters', 'thumbnail'], { $id: 'EmbeddedPart', type: 'string' }), {
    minItems: 1,
    maxItems: 3,
    uniqueItems: true,
    description:
      'What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing.',
    examples: [['metadata', 'chapters']],
  }),
  affects: 'file',
  since: 5,
  absent: null,
})
