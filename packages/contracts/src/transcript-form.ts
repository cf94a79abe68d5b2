/** The forms in which a transcript can be had. */
import { type Static, Type } from 'typebox'
import { contentTypes } from './file-roles.ts'

interface Form {
  /** Of its file. */
  readonly extension: keyof typeof contentTypes
  /** As `Accept` asks for it, and `Content-Type` says it. */
  readonly mediaType: string
}

/** In the order in which they are offered: who accepts everything gets the first. */
export const transcriptFormTable = {
  json: { extension: 'json', mediaType: contentTypes.json },
  text: { extension: 'txt', mediaType: contentTypes.txt },
  srt: { extension: 'srt', mediaType: contentTypes.srt },
  vtt: { extension: 'vtt', mediaType: contentTypes.vtt },
} as const satisfies Record<string, Form>

export type TranscriptForm = keyof typeof transcriptFormTable

export const transcriptFormWords = Object.keys(transcriptFormTable) as TranscriptForm[]

export const TranscriptForm = Type.Unsafe<TranscriptForm>(
  Type.Enum(transcriptFormWords, { $id: 'TranscriptForm', type: 'string' }),
)

export const TranscriptSegment = Type.Object(
  {
    start: Type.Number({ minimum: 0, description: 'Seconds.' }),
    end: Type.Number({ minimum: 0, description: 'Seconds; never before `start`.' }),
    text: Type.String({ description: 'Plain text without line ends, of one sentence or one caption.' }),
  },
  { $id: 'TranscriptSegment', description: 'What is said from `start` to `end`.' },
)
export type TranscriptSegment = Static<typeof TranscriptSegment>
