/** POST /api/video-scraper/job/{job_id}/events/link: a link to the events that needs no headers, for browsers. */
import { API_PREFIX, EVENT_LINK_SECONDS } from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { requireOwnedJob } from '../../jobs/require-owned-job.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { eventToken } from '../event-link.ts'

const EXAMPLE = {
  url: `${API_PREFIX}/events/6f1c2f0e-3b5a-4c39-9d55-0f6f3f1f7a10?token=v1.k1.1777639496.kq3nZ0G8o2l0yJ1rV7t5m4c9xQbW6hUeYdSfPzLaIgM`,
  expires_at: '2026-05-01T13:34:56.000Z',
}

export const createEventLink: Route = async (app, { jobs, paths, secretKeys, now }) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'createEventLink',
    summary: 'Link to the events of a job',
    description: `Takes a \`job_id\` or a \`download_id\`. The link shows the events of this one job to whoever has it, for ${EVENT_LINK_SECONDS} seconds: a browser's \`EventSource\` can send no key.`,
    tags: ['jobs'],
    params: IdParameter('job_id', 'A `job_id` or a `download_id`.'),
    response: {
      201: answer(ref('EventLink'), { description: 'The link.', examples: { link: EXAMPLE } }),
      ...errors('invalid_request', 'not_found', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.post<{ Params: { job_id: string } }>(
    paths.api('/job/:job_id/events/link'),
    { schema },
    async (request, reply) => {
      const { id } = await requireOwnedJob(jobs, request, request.params.job_id)
      const expiresAt = now() + EVENT_LINK_SECONDS * 1000
      reply.code(201)
      return {
        url: paths.absolute(`${paths.api(`/events/${id}`)}?token=${eventToken(secretKeys, id, expiresAt)}`),
        expires_at: new Date(Math.floor(expiresAt / 1000) * 1000).toISOString(),
      }
    },
  )
}
