/** Holds an answer until the job has ended, when the client prefers that to asking again. */
import { isFinal } from '@video-scraper/core'
import type { JobQueue, JobSnapshot } from '@video-scraper/queue'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { waitPreferenceOf } from '../http/preferences.ts'
import type { OpenRequest } from '../limits/open-requests.ts'

/** A job of which only the id is known has just been made. */
type AwaitedJob = Pick<JobSnapshot, 'kind' | 'id'> & Partial<Pick<JobSnapshot, 'state'>>

/**
 * Resolves with the job as it was last seen, ended or not, or with null when nothing was seen of it. Without the
 * preference, and when too many wait already, that is at once. Never rejects: a wait that fails is one that was too short.
 */
export function waitForEnd(
  jobs: JobQueue,
  request: FastifyRequest,
  reply: FastifyReply,
  job: AwaitedJob,
): Promise<JobSnapshot | null> | null {
  const seconds = waitPreferenceOf(request)
  if (seconds === null) return null
  const ended = job.state !== undefined && isFinal(job.state)
  const place = ended ? null : request.server.held.hold(request, reply)
  if (typeof place === 'string') return null
  reply.header('preference-applied', `wait=${seconds}`)
  return place === null ? null : lastSeen(jobs, place, job, seconds)
}

function lastSeen(jobs: JobQueue, place: OpenRequest, job: AwaitedJob, seconds: number): Promise<JobSnapshot | null> {
  return new Promise((resolve) => {
    let latest: JobSnapshot | null = null
    const end = () => {
      clearTimeout(timer)
      stop()
      place.release()
      resolve(latest)
    }
    const timer = setTimeout(end, seconds * 1000)
    const stop = jobs.follow(job, (snapshot) => {
      latest = snapshot
      if (snapshot === null || isFinal(snapshot.state)) end()
    })
    place.onEnd(end)
  })
}
