/** An info job as `GET /job/{job_id}` answers it. */
import { Type } from 'typebox'
import { Instant } from './instants.ts'
import { jobFormStatus } from './job-form-status.ts'
import { VideoInfo } from './jobs.ts'
import { refTo } from './named.ts'

export const InfoJob = jobFormStatus({
  name: 'InfoJob',
  kind: 'info',
  description: 'An info job.',
  completed: {
    video_info: refTo(VideoInfo),
    cached: Type.Boolean({
      description: 'This was known from shortly before, and the source was not asked again.',
    }),
    extracted_at: Instant('When the source was asked.'),
  },
  completedNote: '`video_info` is there.',
})
