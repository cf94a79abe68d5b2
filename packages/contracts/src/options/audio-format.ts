/** `audio_format`: what kind of file the sound shall be. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const audioFormat = defineOption({
  schema: Type.Enum(['best', 'mp3', 'm4a', 'opus', 'flac', 'wav'], {
    $id: 'AudioFormat',
    type: 'string',
    description:
      'What kind of file the sound of `"media": "audio"` shall be. Sound that is encoded so already is not encoded again. `flac` and `wav` keep what the source has, and make it no better. Absent: `best`, as the source has it.',
    examples: ['mp3'],
  }),
  affects: 'file',
  since: 3,
  absent: 'best',
  needs: ['media'],
})
