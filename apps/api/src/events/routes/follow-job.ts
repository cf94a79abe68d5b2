/** GET /api/video-scraper/job/{job_id}/events and /status/{download_id}/events: a job, reported as it goes. */
import { kinds, type StatusForm, statusForms } from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { jobNotFound } from '../../http/errors.ts'
import { requireOwnedJob } from '../../jobs/require-owned-job.ts'
import { firstOfForm, idParameterOf, statusOperations, statusReplyOf, tagOf } from '../../jobs/status-operations.ts'
import { statusExamples } from '../../openapi/examples/kind-examples.ts'
import { createJobStreams } from '../stream-job.ts'
import { STREAM_NOTE, StreamHeaders, streamAnswers } from '../stream-schema.ts'

const followJob =
  (form: StatusForm): Route =>
  async (app, dependencies) => {
    const { jobs, paths } = dependencies
    const { segment, idKey } = statusForms[form]
    const stream = createJobStreams(dependencies)
    const schema = {
      ...statusOperations[form].stream,
      description: STREAM_NOTE,
      tags: [tagOf(form)],
      params: idParameterOf(form),
      headers: StreamHeaders,
      response: streamAnswers(statusReplyOf(form), statusExamples(firstOfForm(form)).failed),
    }
    app.get<{ Params: Record<string, string> }>(
      paths.api(`/${segment}/:${idKey}/events`),
      { schema, exposeHeadRoute: false },
      async (request, reply) => {
        const job = await requireOwnedJob(jobs, request, request.params[idKey] ?? '')
        if (kinds[job.kind].form !== form) throw jobNotFound()
        return stream(request, reply, job)
      },
    )
  }

export const streamInfoJob = followJob('job')
export const streamDownload = followJob('download')
