/** `subtitles`: subtitles as files beside the media. */
import { Type } from 'typebox'
import { LanguageTag } from '../file-roles.ts'
import { defineOption } from './option.ts'

/** Each language is a request to the source and a file. */
export const SUBTITLE_LANGUAGES_MAX = 20

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
      automatic: Type.Optional(
        Type.Boolean({
          description:
            'Whether subtitles that a machine made from the sound may be taken where there are no others in that language. Absent: true.',
        }),
      ),
    },
    {
      additionalProperties: false,
      description:
        'Subtitles as files beside the media: each is in `files` with the role `subtitle`. What the source does not have is no failure; the warning `subtitles_missing` says so.',
      examples: [{ languages: ['en', 'de'], format: 'srt' }],
    },
  ),
  affects: 'file',
  since: 4,
  absent: null,
})
