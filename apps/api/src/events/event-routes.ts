/** The operations that follow a job by server-sent events. */
import type { Route } from '../dependencies.ts'
import { createEventLink } from './routes/create-event-link.ts'
import { streamDownload, streamInfoJob } from './routes/follow-job.ts'
import { streamByLink } from './routes/stream-by-link.ts'

export const eventRoutes: readonly Route[] = [streamInfoJob, streamDownload, createEventLink, streamByLink]
