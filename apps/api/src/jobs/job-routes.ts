/** The operations of jobs of every kind. */
import type { Route } from '../dependencies.ts'
import { cancelJob } from './routes/cancel-job.ts'
import { cancelJobs } from './routes/cancel-jobs.ts'
import { createRoutes } from './routes/create-job.ts'
import { deleteJob } from './routes/delete-job.ts'
import { deleteJobs } from './routes/delete-jobs.ts'
import { fetchTranscript } from './routes/fetch-transcript.ts'
import { getDownload, getInfoJob } from './routes/get-job.ts'
import { listEntries } from './routes/list-entries.ts'
import { listJobs } from './routes/list-jobs.ts'
import { retryJob } from './routes/retry-job.ts'

export const jobRoutes: readonly Route[] = [
  ...createRoutes,
  getInfoJob,
  cancelJob,
  retryJob,
  deleteJob,
  getDownload,
  fetchTranscript,
  listJobs,
  listEntries,
  cancelJobs,
  deleteJobs,
]
