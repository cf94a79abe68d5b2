/** `country`: where the source is asked from. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const country = defineOption({
  schema: Type.String({
    pattern: '^[A-Z]{2}$',
    description:
      'The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses.',
    examples: ['DE'],
  }),
  affects: 'extraction',
  since: 6,
  absent: null,
})
