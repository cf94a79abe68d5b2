/** `media_urls`: the addresses of the media themselves. `urls` is several addresses to ask for. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const mediaUrls = defineOption({
  schema: Type.Boolean({
    description:
      'true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false.',
    examples: [true],
  }),
  // The answer without them is another one.
  affects: 'extraction',
  since: 5,
  absent: false,
})
