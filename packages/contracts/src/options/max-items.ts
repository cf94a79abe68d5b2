/** `max_items`: how many entries of a list are taken at most. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

/** No operator allows more (`MAX_PLAYLIST_ITEMS`): all entries of a list are one value in Redis. */
export const PLAYLIST_ITEMS_MAX = 5000

export const maxItems = defineOption({
  schema: Type.Integer({
    minimum: 1,
    maximum: PLAYLIST_ITEMS_MAX,
    description:
      'How many entries are taken at most, after `items` has chosen among them. At most what this service allows (`MAX_PLAYLIST_ITEMS`), which is also what absent means.',
    examples: [50],
  }),
  affects: 'extraction',
  since: 6,
  absent: null,
})
