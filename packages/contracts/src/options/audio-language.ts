/** `audio_language`: which of several languages shall be heard. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const audioLanguage = defineOption({
  schema: Type.String({
    maxLength: 35,
    pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$',
    description:
      'The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language.',
    examples: ['de'],
  }),
  affects: 'selection',
  since: 3,
  absent: null,
  excludes: ['format_id'],
})
