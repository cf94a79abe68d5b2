/** `format_id`: exactly these formats of the video. */
import { NullableString } from '../nullable.ts'
import { defineOption } from './option.ts'

/** The longest id of one format, and of two with the `+` that joins them, in characters. */
export const FORMAT_ID_LENGTH_MAX = 200
export const FORMAT_IDS_LENGTH_MAX = 2 * FORMAT_ID_LENGTH_MAX + 1

export const formatId = defineOption({
  schema: NullableString({
    maxLength: FORMAT_IDS_LENGTH_MAX,
    description:
      'A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred.',
    examples: ['22'],
  }),
  affects: 'selection',
  since: 2,
  absent: null,
})
