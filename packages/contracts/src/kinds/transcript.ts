/** Transcripts: what is said in a video, by its captions. */
import { API_PREFIX } from '../api-prefix.ts'
import type { TranscriptResult } from '../job-results.ts'
import { transcriptOptions } from '../options/table.ts'
import { TranscriptJob } from '../transcript-job.ts'
import { defineKind, resultOf } from './define-kind.ts'

const READING = 'Reading the captions'

export const transcript = defineKind<TranscriptResult>()({
  name: 'Transcript',
  form: 'job',
  ids: 'transcript_',
  path: 'transcript',
  operation: {
    id: 'createTranscript',
    summary: 'Get a transcript',
    starts: 'Starts a transcript, which is made of the captions of the video. No media is fetched.',
    tag: 'transcripts',
    tagDescription: 'What is said in a video, as text, segments or subtitles.',
  },
  options: transcriptOptions,
  acceptedMessage: 'Transcript in progress',
  messages: {
    queued: 'Queued',
    extracting: 'Looking for captions',
    downloading: READING,
    processing: READING,
    finalizing: 'Finishing',
  },
  failureBeginning: 'No transcript could be made',
  ...TranscriptJob,
  result: resultOf<TranscriptResult>(),
  show: ({ title, language, automatic, segments, files = [] }, { id, transcript: url, shown, instantOrNull }) => ({
    title,
    language,
    source: automatic ? 'automatic' : 'manual',
    transcript_url: url(id),
    ...(segments && { segments, text: segments.map(({ text }) => text).join('\n') }),
    files: shown(files),
    expires_at: instantOrNull(files[0]?.expiresAt ?? null),
  }),
  files: ({ files = [] }) => files,
  events: { completed: 'transcript_complete', failed: 'transcript_failed', cancelled: 'transcript_cancelled' },
  eventsNote: '`transcript_…` transcripts',
  holdsSlot: false,
  reuse: 'never',
  settings: {
    concurrency: { name: 'WORKER_TRANSCRIPT_CONCURRENCY', description: 'Transcripts at once.', default: 4 },
    timeout: {
      name: 'TRANSCRIPT_TIMEOUT_SECONDS',
      description: 'Wall clock of one attempt of a transcript; 0 for none.',
      default: 120,
    },
  },
  examples: {
    requests: {
      one: { url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ' },
      several: { urls: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://vimeo.com/76979871'] },
      language: { url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', language: 'en', source: 'manual' },
    },
    completed: {
      title: 'Never Gonna Give You Up',
      language: 'en',
      source: 'manual',
      transcript_url: `${API_PREFIX}/job/transcript_0a1b2c3d4e5f60718293a4b5c6d7e8f9/transcript`,
      segments: [{ start: 18.64, end: 21.88, text: "We're no strangers to love." }],
      text: "We're no strangers to love.",
      files: [],
      expires_at: null,
    },
  },
})
