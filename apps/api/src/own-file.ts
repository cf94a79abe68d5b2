/** Finds a published file for whoever asks. */
import type { FileEntry } from '@video-scraper/contracts'
import { isFileName } from '@video-scraper/library'
import type { FastifyRequest } from 'fastify'
import { clientOf } from './client.ts'
import type { RouteDependencies } from './dependencies.ts'
import { fileNotFound, RequestError } from './errors.ts'

/** Throws 404 `file_expired` for a file that was there, and the same 404 for every other name. */
export async function ownFile(
  { files, jobs, now }: RouteDependencies,
  request: FastifyRequest,
  filename: string,
): Promise<FileEntry> {
  if (!isFileName(filename)) throw fileNotFound()
  // When maintenance has removed the file, its job still knows about it for a day.
  // Somebody else's takes the same ways as one that never was, so that the time of the answer tells them not apart.
  const { owner } = clientOf(request)
  const indexed = await files.find(filename)
  const entry = indexed?.owner === owner ? indexed : await entryOfJob(jobs, filename)
  if (entry?.owner !== owner) throw fileNotFound()
  if (entry.expiresAt !== null && entry.expiresAt <= now()) throw new RequestError('file_expired')
  return entry
}

/** A file name ends with the digits of its job's id. */
async function entryOfJob(jobs: RouteDependencies['jobs'], filename: string): Promise<FileEntry | null> {
  const [, digits] = /-([0-9a-f]{32})\.\w+$/.exec(filename) ?? []
  const job = await jobs.find(`download_${digits}`)
  return job?.kind === 'download' && job.result?.filename === filename ? job.result : null
}
