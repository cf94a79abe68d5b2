/** Finds a job for whoever asks. */
import type { JobQueue, JobSnapshot } from '@video-scraper/queue'
import type { FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import { jobNotFound } from '../http/errors.ts'

/** Throws the same 404 for what never was, what is malformed, and what belongs to somebody else. */
export async function requireOwnedJob(jobs: JobQueue, request: FastifyRequest, id: string): Promise<JobSnapshot> {
  const job = await jobs.find(id)
  if (job?.envelope.owner !== clientOf(request).owner) throw jobNotFound()
  return job
}
