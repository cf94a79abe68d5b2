/** `entries`: what a list holds, in place of its first video. */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

export const ENTRIES_DEFAULT = 50
const ENTRIES_MAX = 200
/** Lists are read page by page from their beginning, so who begins late waits long. */
const FROM_MAX = 10_000

export const entries = defineOption({
  schema: Type.Object(
    {
      from: Type.Optional(
        Type.Integer({ minimum: 1, maximum: FROM_MAX, description: 'The first one, counted from 1. Absent: 1.' }),
      ),
      count: Type.Optional(
        Type.Integer({ minimum: 1, maximum: ENTRIES_MAX, description: `How many. Absent: ${ENTRIES_DEFAULT}.` }),
      ),
    },
    {
      $id: 'EntriesOption',
      additionalProperties: false,
      description:
        'Where the address leads to a list, such as a playlist or a channel: tell its entries (`entries`), as the list says them, in place of its first video. None of them is looked at, so it is fast, and private or broken ones are among them. `entries_next` says where the next page begins. For the address of a video this changes nothing.',
      examples: [{ from: 1, count: 50 }],
    },
  ),
  affects: 'extraction',
  since: 5,
  absent: null,
})
