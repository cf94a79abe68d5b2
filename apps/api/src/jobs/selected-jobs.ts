/** Does the same to every own job that a client's conditions select, a bounded number of them per request. */
import { type JobSelection, type RefusedJob, SELECTED_JOBS_MAX } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import type { FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { invalidCursor, RequestError } from '../http/errors.ts'
import { requestErrorOf } from '../http/handle-errors.ts'
import { checkedMetadata } from './job-metadata.ts'
import { jobSearch } from './job-search.ts'

/** So many are changed at once: a hundred would keep everybody else waiting. */
const AT_ONCE = 10

interface Outcome {
  /** The ids of the jobs to which it was done. */
  done: string[]
  refused: RefusedJob[]
  next: string | null
}

interface Work {
  /** Jobs to which it cannot be done are not even selected. */
  suits: (job: JobSnapshot) => boolean
  /** Throws a `RequestError` where it is too late or too early for one job. */
  act: (job: JobSnapshot) => Promise<void>
}

/** Throws `invalid_request` without a condition: nobody shall lose all jobs to an empty body. A Redis that is away ends all of it. */
export async function doToSelected(
  { jobs }: RouteDependencies,
  request: FastifyRequest,
  { suits, act }: Work,
): Promise<Outcome> {
  const { limit = SELECTED_JOBS_MAX, cursor, metadata, ...conditions } = request.body as JobSelection
  const wanted = checkedMetadata(metadata)
  if (Object.keys(conditions).length === 0 && wanted === null) throw withoutCondition()
  const search = jobSearch({ ...conditions, metadata: wanted ?? {} })
  const matches = (job: JobSnapshot) => suits(job) && (search.matches?.(job) ?? true)
  const page = await jobs.list(clientOf(request).owner, limit, cursor, { ...search, matches })
  if (page === null) throw invalidCursor()

  const outcome: Outcome = { done: [], refused: [], next: page.next }
  for (let from = 0; from < page.jobs.length; from += AT_ONCE) {
    const some = page.jobs.slice(from, from + AT_ONCE)
    const refusals = await Promise.all(some.map((job) => refusalOf(act, job)))
    for (const [at, { id }] of some.entries()) {
      const refusal = refusals[at] ?? null
      if (refusal === null) outcome.done.push(id)
      else outcome.refused.push({ id, ...refusal })
    }
  }
  return outcome
}

async function refusalOf(act: Work['act'], job: JobSnapshot): Promise<Omit<RefusedJob, 'id'> | null> {
  try {
    await act(job)
    return null
  } catch (error) {
    const { message, statusCode, code } = requestErrorOf(error)
    if (statusCode >= 500) throw error
    return { error: message, status_code: statusCode, code }
  }
}

const withoutCondition = () =>
  new RequestError('invalid_request', {
    message:
      'The request is not valid: say which jobs are meant, with at least one of status, kind, parent_id, metadata, created_after, created_before.',
    details: [{ field: '/', message: 'must have at least one condition' }],
  })
