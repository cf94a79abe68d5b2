/** A transcript as `GET /job/{job_id}` answers it. */
import { Type } from 'typebox'
import { CaptionSource } from './caption-source.ts'
import { DownloadFile } from './download-file.ts'
import { NullableInstant } from './instants.ts'
import { jobFormStatus } from './job-form-status.ts'
import { refTo } from './named.ts'
import { NullableString } from './nullable.ts'
import { TranscriptSegment } from './transcript-form.ts'

/** Bytes of the segments as JSON. A longer transcript lies in the library, and the status says where. */
export const INLINE_TRANSCRIPT_BYTES_MAX = 64 * 1024

export const TranscriptJob = jobFormStatus({
  name: 'TranscriptJob',
  kind: 'transcript',
  description: 'A transcript.',
  completed: {
    title: NullableString({ description: 'Of the video.' }),
    language: Type.String({ description: 'Of the captions that were taken, as the source names it.' }),
    source: refTo(CaptionSource),
    transcript_url: Type.String({
      description: 'Where to fetch the transcript as JSON, plain text, SubRip or WebVTT: by `?format=` or `Accept`.',
    }),
    segments: Type.Optional(
      Type.Array(refTo(TranscriptSegment), {
        description: `By their start. Absent where they have more than ${INLINE_TRANSCRIPT_BYTES_MAX} bytes as JSON: then all forms of the transcript are in \`files\`.`,
      }),
    ),
    text: Type.Optional(
      Type.String({ description: 'All segments, one line each. There exactly where `segments` is.' }),
    ),
    files: Type.Array(refTo(DownloadFile), {
      description:
        'Of a long transcript: one file for each form, the JSON first. Each can be fetched, linked and removed. Empty where `segments` is there.',
    }),
    expires_at: NullableInstant('When the files will be removed.', 'when there are none, or they are kept for ever'),
  },
  completedNote: '`segments` and `text` are there, or the transcript lies in `files`.',
})
