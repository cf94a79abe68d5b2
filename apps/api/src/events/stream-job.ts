/** Answers a request with the events of a job: what the routes that do so have in common. */
import { kinds, type StatusForm, statusReplies } from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import { answerTextOf, jobView } from '@video-scraper/views'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'
import { removedOf } from '../files/own-file.ts'
import { tooManyHeld, tooManyStreams } from '../http/errors.ts'
import { addSecureHeaders } from '../http/security-headers.ts'
import { lastSeenOf, openEventStream } from './event-stream.ts'

const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  // nginx would collect the events until a block of memory is full.
  'x-accel-buffering': 'no',
} as const

/** Answers with the events of a job from now on. Throws a `RequestError` before the first byte, and nothing after it. */
export type StreamJob = (request: FastifyRequest, reply: FastifyReply, job: JobSnapshot) => Promise<FastifyReply>

export function createJobStreams(dependencies: RouteDependencies): StreamJob {
  const { files, now } = dependencies
  /** Files of a job that were removed before anybody asked for its events. */
  const gone = new WeakMap<JobSnapshot, ReadonlySet<string>>()
  const frameOf = createFrames(dependencies, gone)
  return async (request, reply, job) => {
    const seen = lastSeenOf(request.headers['last-event-id'])
    // Browsers come back after the end as after any other; with 204 they stop.
    if (seen.ended && isFinal(job.state)) return reply.code(204).send()
    const removed = await removedOf(files, job, now())
    if (removed.size > 0) gone.set(job, removed)
    const place = request.server.held.hold(request, reply)
    if (place === 'client_full') throw tooManyStreams()
    if (place === 'full') throw tooManyHeld()

    addSecureHeaders(request, reply)
    reply.headers(HEAD).hijack()
    const { raw } = reply
    raw.writeHead(200, reply.getHeaders() as Record<string, string>)
    let stop = () => {}
    const stream = openEventStream({
      response: raw,
      // No gateway has sent the id of an event that is still to come: such a one counts as none.
      seen: seen.ended || seen.revision > job.revision ? -1 : seen.revision,
      frameOf,
      onEnd: () => {
        clearInterval(heartbeats)
        stop()
        place.release()
      },
    })
    const heartbeats = setInterval(stream.heartbeat, request.server.timeouts.heartbeatMs)
    place.onEnd(stream.end)
    stream.offer(job)
    if (!raw.writableEnded) stop = dependencies.jobs.follow(job, stream.offer)
    return reply
  }
}

/** What `GET` of a job of each form answers. */
const statusTexts = {
  job: answerTextOf(statusReplies.job),
  download: answerTextOf(statusReplies.download),
} as const satisfies Record<StatusForm, (status: unknown) => string>

/** One text for all who follow a job, made when the first of them needs it. */
function createFrames(
  { paths, now }: RouteDependencies,
  gone: WeakMap<JobSnapshot, ReadonlySet<string>>,
): (job: JobSnapshot) => string {
  const frames = new WeakMap<JobSnapshot, string>()
  return (job) => {
    const made = frames.get(job)
    if (made !== undefined) return made
    const name = isFinal(job.state) ? 'end' : 'snapshot'
    const removed = gone.get(job)
    const view = jobView(job, { paths, now: now(), ...(removed && { removed }) })
    const frame = `event: ${name}\nid: ${job.revision}\ndata: ${statusTexts[kinds[job.kind].form](view)}\n\n`
    frames.set(job, frame)
    return frame
  }
}
