/** `transcode`: encode again what `compatibility` asks for and the source does not have. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const transcode = defineOption({
  schema: Type.Boolean({
    description:
      'true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again.',
    examples: [true],
  }),
  // What is made of the same formats differs with it.
  affects: 'file',
  since: 8,
  absent: false,
  needs: ['compatibility'],
  excludesValues: { media: ['audio'] },
})
