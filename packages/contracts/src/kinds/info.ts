/** Info jobs: what a video is (the specification, "Extract Video Information"). */
import { InfoJob } from '../info-job.ts'
import type { InfoResult } from '../job-results.ts'
import type { VideoInfo } from '../jobs.ts'
import { infoOptions } from '../options/table.ts'
import { defineKind, resultOf } from './define-kind.ts'

const EXTRACTING = 'Extracting video info...'

export const info = defineKind<InfoResult>()({
  name: 'Info',
  form: 'job',
  ids: 'uuid',
  path: 'info',
  operation: {
    id: 'createInfoJob',
    summary: 'Extract video information',
    starts: 'Starts an info job.',
    tag: 'info',
    tagDescription: 'Find out what a video is: title, duration, formats.',
  },
  options: infoOptions,
  acceptedMessage: 'Video information extraction in progress',
  messages: {
    queued: 'Queued',
    extracting: EXTRACTING,
    downloading: EXTRACTING,
    processing: EXTRACTING,
    finalizing: 'Finishing',
  },
  failureBeginning: 'Unable to extract video information',
  ...InfoJob,
  result: resultOf<InfoResult>(),
  show: (result, { endedAt, instant }) => ({
    // Left out of the answer by being undefined: taking it away by a rest pattern costs a twentieth of a GET (measured).
    video_info: { ...result, origin: undefined } as VideoInfo,
    cached: result.origin?.cached ?? false,
    extracted_at: instant(result.origin?.extractedAt ?? endedAt),
  }),
  files: () => [],
  events: { completed: 'job_complete', failed: 'job_failed', cancelled: 'job_cancelled' },
  eventsNote: '`job_…` are info jobs',
  holdsSlot: false,
  reuse: 'address',
  settings: {
    concurrency: { name: 'WORKER_INFO_CONCURRENCY', description: 'Info jobs at once.', default: 4 },
    timeout: {
      name: 'INFO_TIMEOUT_SECONDS',
      description: 'Wall clock of one attempt of an info job; 0 for none.',
      default: 60,
    },
  },
  examples: null,
})
