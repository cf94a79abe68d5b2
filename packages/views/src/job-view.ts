/** A job of any kind, exactly as its own GET shows it. */
import { kinds, type StatusForm } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { downloadView } from './download-view.ts'
import { jobFormView } from './job-form-view.ts'
import type { Surroundings } from './surroundings.ts'

const views = {
  job: jobFormView,
  download: downloadView,
} as const satisfies Record<StatusForm, (job: never, surroundings: Surroundings) => object>

/** The body that `status` of the job's kind describes. */
export function jobView(job: JobSnapshot, surroundings: Surroundings): object {
  const view: (job: never, surroundings: Surroundings) => object = views[kinds[job.kind].form]
  return view(job as never, surroundings)
}
