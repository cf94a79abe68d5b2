/** Many job requests in one request. Each is checked and counted by itself, in order; none is refused for another. */
import type { JobKind, RefusedUrl } from '@video-scraper/contracts'
import { seededJobId } from '@video-scraper/queue'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'
import { RequestError, serviceUnavailable } from '../http/errors.ts'
import { requestErrorOf } from '../http/handle-errors.ts'
import { answerWithoutWaiting } from '../http/preferences.ts'
import { reasonOf } from '../http/request-log.ts'
import {
  acceptedBody,
  checkJobRequest,
  FIRST_LOOK_SECONDS,
  type JobRequest,
  type SubmittedJob,
  submitJobRequest,
} from './accept-job.ts'
import { type OneTime, onlyOnce } from './idempotency.ts'

/** So many go to Redis together: a hundred would keep everybody else waiting, and be late themselves. */
const AT_ONCE = 10

/** What became of one job request; survives JSON. */
type Outcome = SubmittedJob | Omit<RefusedUrl, 'url'>

/** After these nobody knows whether there is a job, so a repeat has to find out. */
const isUncertain = (outcome: Outcome): boolean =>
  'code' in outcome && outcome.status_code >= 500 && outcome.code !== 'queue_full'

export async function createBatch(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: JobKind,
  jobRequests: JobRequest[],
): Promise<{ jobs: object[] }> {
  const outcomes = await onlyOnce({
    idempotency: dependencies.jobs.idempotency,
    request,
    reply,
    operation: kind,
    make: async (once) => {
      const all: Outcome[] = []
      const count = jobCountOf(request, once.fresh)
      while (all.length < jobRequests.length) {
        const next = jobRequests.slice(all.length, all.length + AT_ONCE)
        const placed = next.map((jobRequest, at) => ({ jobRequest, place: all.length + at, once, count }))
        all.push(...(await Promise.all(placed.map((one) => outcomeOf(dependencies, request, one)))))
      }
      await count.returnUnused()
      // Redis went away before anything could be made of it.
      if (all.every((outcome) => 'code' in outcome && outcome.code === 'service_unavailable'))
        throw serviceUnavailable()
      return all
    },
    isWhole: (all) => !all.some(isUncertain),
  })
  answerWithoutWaiting(request, reply)
  reply.code(202).header('retry-after', FIRST_LOOK_SECONDS)
  return {
    jobs: jobRequests.map((jobRequest, place) => {
      const outcome = outcomes[place]
      if (outcome === undefined || 'code' in outcome) return { url: jobRequest.url, ...outcome }
      return acceptedBody(dependencies, jobRequest, outcome)
    }),
  }
}

interface NumberedRequest {
  jobRequest: JobRequest
  place: number
  once: OneTime
  count: JobCount
}

/** The request itself was counted as one job: the first address that is valid uses it, the others count one each. */
interface JobCount {
  /** False: one job too many. */
  take(): Promise<boolean>
  giveBack(): Promise<void>
  returnUnused(): Promise<void>
}

function jobCountOf(request: FastifyRequest, counts: boolean): JobCount {
  const { server } = request
  let unused = counts
  return {
    async take() {
      if (!counts) return true
      if (!unused) return server.countJob(request)
      unused = false
      return true
    },
    giveBack: () => server.uncountJob(request),
    returnUnused: async () => {
      if (unused) await server.uncountJob(request)
    },
  }
}

/** Those that go to Redis together do so in order, so that the first ones get what the limits leave. */
async function outcomeOf(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  { jobRequest, place, once: { seed }, count }: NumberedRequest,
): Promise<Outcome> {
  let counted = false
  try {
    checkJobRequest(jobRequest)
    counted = true
    if (!(await count.take())) throw new RequestError('too_many_requests')
    const id = seed === null ? undefined : seededJobId(jobRequest.kind, seed, place)
    return await submitJobRequest(dependencies, request, jobRequest, id)
  } catch (error) {
    const refusal = requestErrorOf(error)
    if (counted) await count.giveBack()
    if (refusal.statusCode < 500) await request.server.countRefusal(request)
    if (refusal.code === 'internal_error') request.log.error(reasonOf(refusal.cause), 'no job for one of a batch')
    return { error: refusal.message, status_code: refusal.statusCode, code: refusal.code }
  }
}
