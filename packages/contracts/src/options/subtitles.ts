/** `subtitles`: subtitles as files beside the media, in it, or both. */
import { Type } from 'typebox'
import { LanguageTag } from '../file-roles.ts'
import { defineOption } from './option.ts'

/** Each language is a request to the source and a file. */
const SUBTITLE_LANGUAGES_MAX = 20

export const subtitles = defineOption({
  schema: Type.Object(
    {
      languages: Type.Array(LanguageTag, {
        minItems: 1,
        maxItems: SUBTITLE_LANGUAGES_MAX,
        uniqueItems: true,
        description:
          'The languages, as the source names them: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. One file for each.',
      }),
      format: Type.Optional(
        Type.Enum(['vtt', 'srt'], {
          type: 'string',
          description: 'WebVTT or SubRip; what the source has in another format is rewritten. Absent: `vtt`.',
        }),
      ),
      deliver: Type.Optional(
        Type.Enum(['file', 'embedded', 'both'], {
          type: 'string',
          description:
            '`file`: files beside the media. `embedded`: tracks of the media file, which then keeps its picture and sound as they are. `both`. Where they do not fit into the media file they lie beside it, and the warning `subtitles_not_embedded` says so. Absent: `file`.',
        }),
      ),
      automatic: Type.Optional(
        Type.Boolean({
          description:
            'Whether subtitles that a machine made from the sound may be taken where there are no others in that language. Absent: true.',
        }),
      ),
    },
    {
      $id: 'SubtitleOptions',
      additionalProperties: false,
      description:
        'Subtitles of these languages. As files, each is in `files` with the role `subtitle`. What the source does not have is no failure; the warning `subtitles_missing` says so.',
      examples: [{ languages: ['en', 'de'], format: 'srt' }],
    },
  ),
  affects: 'file',
  since: 4,
  absent: null,
  makesFiles: ({ deliver = 'file' }) => deliver !== 'embedded',
})
