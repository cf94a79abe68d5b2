/** The limits of admission as the settings of both programs say them. */
import type { AdmissionSettings } from '@video-scraper/contracts'
import { recordLifetimeMs } from '@video-scraper/core'
import type { AdmissionLimits } from './admission.ts'

export const admissionLimitsOf = (settings: AdmissionSettings): AdmissionLimits => ({
  downloadsPerClient: settings.MAX_DOWNLOADS_PER_CLIENT,
  waitingJobs: settings.MAX_WAITING_JOBS,
  waitingJobsPerClient: settings.MAX_WAITING_JOBS_PER_CLIENT,
  lifetimeMs: recordLifetimeMs(settings.RETENTION_HOURS),
})
