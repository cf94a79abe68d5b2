/** `language`: of a transcript. */
import { Type } from 'typebox'
import { LANGUAGE_TAG } from '../file-roles.ts'
import { defineOption } from './option.ts'

export const language = defineOption({
  schema: Type.String({
    pattern: LANGUAGE_TAG,
    description:
      'The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is.',
    examples: ['en'],
  }),
  affects: 'file',
  since: 6,
  absent: null,
})
