/** Which part of the media a clip or a chapter is. */
import { type Static, Type } from 'typebox'
import { NullableString } from './nullable.ts'

export const FilePart = Type.Object(
  {
    start: Type.Number({ description: 'Where it begins, in seconds of the whole, as it was asked for.' }),
    end: Type.Number({ description: 'Where it ends, in seconds of the whole; at most the end of that.' }),
    title: NullableString({ description: 'Of a chapter, as the source names it; null where it does not.' }),
  },
  { $id: 'FilePart', description: 'Which part of the media a clip or a chapter is.' },
)
export type FilePart = Static<typeof FilePart>
