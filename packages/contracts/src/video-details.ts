/** What is known about a video beside its formats. */
import { type Static, Type } from 'typebox'
import { NullableInteger, NullableNumber, NullableString } from './nullable.ts'

export const Chapter = Type.Object(
  {
    title: NullableString(),
    start: NullableNumber({ description: 'Seconds from the beginning.' }),
    end: NullableNumber({ description: 'Seconds from the beginning.' }),
  },
  { $id: 'Chapter', description: 'A part of a video, as the source names it.' },
)
export type Chapter = Static<typeof Chapter>

export const SubtitleTrack = Type.Object(
  {
    language: Type.String({ description: 'As the source names it, such as `en` or `pt-BR`.' }),
    name: NullableString({ description: 'What the source calls it, for people.' }),
    extensions: Type.Array(Type.String(), {
      description: 'In which formats the source has it. A download makes `vtt` or `srt` of it.',
    }),
  },
  { $id: 'SubtitleTrack', description: 'Subtitles in one language.' },
)
export type SubtitleTrack = Static<typeof SubtitleTrack>

export const ListEntry = Type.Object(
  {
    index: Type.Integer({
      description:
        'Its place in the list, counted from 1. Numbers of entries that the source does not show are left out.',
    }),
    id: NullableString(),
    title: NullableString(),
    url: NullableString({ description: 'To ask for it alone; null where the list has no address for it.' }),
    duration: NullableNumber({ description: 'Seconds.' }),
    uploader: NullableString(),
    live_status: NullableString(),
  },
  {
    $id: 'ListEntry',
    description: 'An entry of a list, as the list says it. It may be private, gone, or a list itself.',
  },
)
export type ListEntry = Static<typeof ListEntry>

export const Thumbnail = Type.Object(
  { url: Type.String(), width: NullableInteger(), height: NullableInteger() },
  { $id: 'Thumbnail', description: 'A picture of a video.' },
)
export type Thumbnail = Static<typeof Thumbnail>
