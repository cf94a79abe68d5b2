/** What the POSTs that make a job have in common: check the URL, submit, answer 202 with the way to the status. */
import {
  type JobKind,
  type JobOptions,
  type Metadata,
  type OptionProblem,
  problemsOfOptions,
} from '@video-scraper/contracts'
import { canonicalSourceUrl, isFormatId } from '@video-scraper/core'
import { acceptedView } from '@video-scraper/views'
import { callbackSecret } from '@video-scraper/webhooks'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import { checkCookies } from '../cookies/check-cookies.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { RequestError, submissionRefused } from '../http/errors.ts'
import { callbackUrlOf } from '../webhooks/own-webhook.ts'
import { checkCountry } from './check-country.ts'
import { problemsOfEntries, problemsOfItems } from './entry-options.ts'

/** After how long asking for the status makes sense, in seconds. */
export const FIRST_LOOK_SECONDS = 1

export interface JobRequest {
  kind: JobKind
  url: string
  /** In their canonical form. */
  options: JobOptions
  retryOf: string | null
  /** Nothing that is cached may answer it. */
  fresh: boolean
  /** Whom to tell of the end of this job; null for nobody. */
  callbackUrl: string | null
  /** The client's own words; null for none. */
  metadata: Metadata | null
  /** The address that the file is delivered to, sealed; null for none. */
  destination: string | null
}

export async function acceptJob(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  jobRequest: JobRequest,
): Promise<object> {
  return answerAccepted(dependencies, reply, jobRequest, await submitJobRequest(dependencies, request, jobRequest))
}

/** A job that was made, and what is needed to say so again. */
export interface SubmittedJob {
  id: string
  /** The key that the secret of its callback is made with. */
  secretKeyId: string
  /** When its time is over, in epoch milliseconds; null for never, and absent in answers that an earlier release has kept. */
  expiresAt?: number | null
}

/**
 * Makes the job, with the id that is given, if one is. Throws a `RequestError` for a URL or a format id that
 * is not valid, for cookies that may not be used for it, for a country without an exit, and for a limit that was reached.
 */
export async function submitJobRequest(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  jobRequest: JobRequest,
  givenId?: string,
): Promise<SubmittedJob> {
  const { jobs, secretKeys } = dependencies
  const canonical = checkJobRequest(jobRequest)
  const { kind, options, retryOf, fresh, callbackUrl, metadata, destination } = jobRequest
  await checkCookies(dependencies, request, canonical, options.cookies)
  await checkCountry(dependencies, options.country)
  const { owner, limitSubject, limits } = clientOf(request)
  const secretKeyId = secretKeys[0].id
  const callback = callbackUrl === null ? {} : { callback: { url: callbackUrlOf(callbackUrl), secretKeyId } }
  const job = {
    kind,
    owner,
    limitSubject,
    url: canonical,
    options,
    requestId: request.id,
    retryOf,
    fresh,
    ...(metadata !== null && { metadata }),
    ...(destination !== null && { destination: { sealed: destination } }),
    ...callback,
  }
  const submission = await jobs.submit(job, { downloads: limits.unfinishedDownloads, id: givenId })
  if (!submission.accepted) throw submissionRefused(submission.refusal, submission.waitMs)

  const { id, expiresAt } = submission
  request.log.info({ jobId: id, kind, owner, ...(retryOf === null ? {} : { retryOf }) }, 'job accepted')
  return { id, secretKeyId, expiresAt }
}

/** The address in its canonical spelling. Throws a `RequestError` for a URL or a format id that is not valid. */
export function checkJobRequest({ url, options }: JobRequest): string {
  const canonical = canonicalSourceUrl(url)
  if (canonical === null) throw new RequestError('invalid_url')
  if (options.format_id !== undefined && !isFormatId(options.format_id)) throw invalidFormatId()
  return canonical
}

/** The 202 with the way to the status. */
export function answerAccepted(
  dependencies: RouteDependencies,
  reply: FastifyReply,
  jobRequest: JobRequest,
  submitted: SubmittedJob,
): object {
  const { paths } = dependencies
  const { kind } = jobRequest
  const { id } = submitted
  reply
    .code(202)
    .header('location', paths.absolute(paths.status(kind, id)))
    .header('retry-after', FIRST_LOOK_SECONDS)
  return acceptedBody(dependencies, jobRequest, submitted)
}

/** What is said of one job that was accepted. */
export function acceptedBody(
  { secretKeys }: RouteDependencies,
  { kind, retryOf, callbackUrl }: JobRequest,
  { id, secretKeyId, expiresAt }: SubmittedJob,
): object {
  const secret = callbackUrl === null ? null : callbackSecret(secretKeys, secretKeyId, id)
  return acceptedView(kind, id, { expiresAt, retryOf, callbackSecret: secret })
}

const invalidFormatId = () =>
  new RequestError('invalid_request', {
    message:
      'The format_id is not valid. Send one that POST /info lists for the video, or two of them joined by one "+".',
    details: [{ field: '/format_id', message: 'must be one or two format ids of the video' }],
  })

/** Throws a `RequestError` that names what makes no sense together. `itemsMax`: entries of one playlist. */
export function checkOptions(kind: JobKind, options: JobOptions, itemsMax: number): void {
  const problems = [
    ...problemsOfOptions(kind, options),
    ...problemsOfEntries(options),
    ...problemsOfItems(options, itemsMax),
  ]
  if (problems.length > 0) throw senselessOptions(problems)
}

const senselessOptions = (problems: readonly OptionProblem[]) =>
  new RequestError('invalid_request', {
    message: `The options make no sense together: ${problems.map(({ option, message }) => `${option} ${message}`).join('; ')}.`,
    details: problems.map(({ option, message }) => ({ field: `/${option}`, message })),
  })
