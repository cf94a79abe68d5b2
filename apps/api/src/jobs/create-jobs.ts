/** What the POSTs of all kinds of jobs have in common: one job request or many, made once, and waited for if that is preferred. */
import { type CreateRequest, canonicalOptions, type JobKind } from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import { seededJobId } from '@video-scraper/queue'
import { jobView } from '@video-scraper/views'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { clientOf } from '../auth/client.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { removedOf } from '../files/own-file.ts'
import { answerWithoutWaiting } from '../http/preferences.ts'
import { callbackUrlOf } from '../webhooks/own-webhook.ts'
import { answerAccepted, checkOptions, type JobRequest, submitJobRequest } from './accept-job.ts'
import { createBatch } from './create-batch.ts'
import { withCanonicalEntries } from './entry-options.ts'
import { isFresh } from './fresh.ts'
import { idempotencyKeyOf, onlyOnce } from './idempotency.ts'
import { checkedMetadata } from './job-metadata.ts'
import { checkRetention } from './retention.ts'
import { sealDestination } from './sealed-destination.ts'
import { waitForEnd } from './wait-for-end.ts'

/**
 * The `onRequest` hook of all of them: a repeat of a request that is known counts against no limit. It comes before the body is
 * read, so that a client beyond its limit sends none.
 */
export const limitFirstTimes =
  (app: FastifyInstance, { jobs }: RouteDependencies): onRequestAsyncHookHandler =>
  async (request, reply) => {
    const key = idempotencyKeyOf(request)
    const known = key !== null && (await jobs.idempotency.isKnown(clientOf(request).owner, key))
    request.asksForJob = true
    if (!known) await app.limitRate.call(app, request, reply)
  }

export async function createJobs(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: JobKind,
): Promise<unknown> {
  const body = request.body as CreateRequest
  const { url = '', urls, callback_url: callbackUrl = null } = body
  // One for all of them, so these are no fault of a single address.
  if (callbackUrl !== null) callbackUrlOf(callbackUrl)
  const metadata = checkedMetadata(body.metadata)
  const asked = withCanonicalEntries(canonicalOptions(kind, { ...body }))
  checkOptions(kind, asked, dependencies.playlistItemsMax)
  const { options, sealed: destination } = sealDestination({
    asked: body.destination,
    options: asked,
    owner: clientOf(request).owner,
    secretKeys: dependencies.secretKeys,
    isBatch: urls !== undefined,
  })
  checkRetention(options, dependencies.retentionSeconds)
  const fresh = isFresh({ ...body, ...options })
  const jobRequest = { kind, options, retryOf: null, fresh, callbackUrl, metadata, destination }
  return urls === undefined
    ? createOne(dependencies, request, reply, { ...jobRequest, url })
    : createBatch(
        dependencies,
        request,
        reply,
        kind,
        urls.map((one) => ({ ...jobRequest, url: one })),
      )
}

async function createOne(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  jobRequest: JobRequest,
): Promise<unknown> {
  const { jobs, files, paths, now } = dependencies
  const { kind } = jobRequest
  const submitted = await onlyOnce({
    idempotency: jobs.idempotency,
    request,
    reply,
    operation: kind,
    make: ({ seed }) =>
      submitJobRequest(dependencies, request, jobRequest, seed === null ? undefined : seededJobId(kind, seed, 0)),
    isWhole: () => true,
  })
  const accepted = answerAccepted(dependencies, reply, jobRequest, submitted)
  // The secret of a callback stands only here; and who is called back need not wait.
  if (jobRequest.callbackUrl !== null) {
    answerWithoutWaiting(request, reply)
    return accepted
  }
  const job = await waitForEnd(jobs, request, reply, { kind, id: submitted.id })
  if (job === null || !isFinal(job.state)) return accepted
  reply.code(200).removeHeader('retry-after')
  // A repeat may come long after the end, when the file is gone.
  return jobView(job, { paths, now: now(), removed: await removedOf(files, job, now()) })
}
