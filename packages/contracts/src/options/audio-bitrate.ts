/** `audio_bitrate`: how much of the sound is kept where it is encoded again. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const audioBitrate = defineOption({
  schema: Type.Integer({
    minimum: 32,
    maximum: 320,
    description:
      'Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself.',
    examples: [192],
  }),
  affects: 'file',
  since: 3,
  absent: null,
  needs: ['audio_format'],
  // They keep all of the sound, whatever it takes.
  excludesValues: { audio_format: ['flac', 'wav'] },
})
