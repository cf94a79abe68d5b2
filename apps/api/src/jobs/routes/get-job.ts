/** GET /api/video-scraper/job/{job_id} and /status/{download_id}: how a job is doing, and what came of it. */
import { kinds, type StatusForm, statusForms } from '@video-scraper/contracts'
import { jobView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { removedOf } from '../../files/own-file.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'
import { OTHER_KIND, PREFERENCE_APPLIED, WaitHeaders } from '../create-schema.ts'
import { requireOwnedJob } from '../require-owned-job.ts'
import { examplesOfForm, idParameterOf, statusOperations, statusReplyOf, tagOf } from '../status-operations.ts'
import { waitForEnd } from '../wait-for-end.ts'

const getJob =
  (form: StatusForm): Route =>
  async (app, { jobs, files, paths, now }) => {
    const { segment, idKey, noun } = statusForms[form]
    const schema = {
      ...statusOperations[form].get,
      tags: [tagOf(form)],
      params: idParameterOf(form),
      headers: WaitHeaders,
      response: {
        200: answer(ref(statusReplyOf(form)), {
          description: `The ${noun}.`,
          examples: examplesOfForm(form),
          headers: PREFERENCE_APPLIED,
        }),
        308: OTHER_KIND,
        ...errors('invalid_request', 'not_found', 'service_unavailable'),
      },
    }
    app.get<{ Params: Record<string, string> }>(
      paths.api(`/${segment}/:${idKey}`),
      { schema },
      async (request, reply) => {
        const job = await requireOwnedJob(jobs, request, request.params[idKey] ?? '')
        if (kinds[job.kind].form !== form) return reply.redirect(paths.absolute(paths.status(job.kind, job.id)), 308)
        const waited = (await waitForEnd(jobs, request, reply, job)) ?? job
        return jobView(waited, { paths, now: now(), removed: await removedOf(files, waited, now()) })
      },
    )
  }

export const getInfoJob = getJob('job')
export const getDownload = getJob('download')
