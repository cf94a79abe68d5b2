/** Finds a published file for whoever may have it. */
import type { FileEntry } from '@video-scraper/contracts'
import { isFileName } from '@video-scraper/library'
import type { JobSnapshot } from '@video-scraper/queue'
import type { FastifyRequest } from 'fastify'
import { clientOf } from './client.ts'
import type { RouteDependencies } from './dependencies.ts'
import { fileNotFound, RequestError } from './errors.ts'

/** Throws 404 `file_expired` for a file that was there, and the same 404 for every other name. */
export async function ownFile(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  filename: string,
): Promise<FileEntry> {
  return await fileOf(dependencies, filename, clientOf(request).owner)
}

/** For whoever has a link: the file's name was signed, so its owner allowed it. Throws as `ownFile` does. */
export const linkedFile = (dependencies: RouteDependencies, filename: string): Promise<FileEntry> =>
  fileOf(dependencies, filename, null)

/** `owner` null: anybody's. */
async function fileOf({ files, jobs, now }: RouteDependencies, filename: string, owner: string | null) {
  if (!isFileName(filename)) throw fileNotFound()
  // Somebody else's takes the same ways as one that never was, so that the time of the answer tells them not apart.
  const isOurs = (entry: FileEntry | null): entry is FileEntry =>
    entry !== null && (owner ?? entry.owner) === entry.owner
  const indexed = await files.find(filename)
  // When the file has been removed, its job still knows about it for a day.
  const entry = isOurs(indexed) ? indexed : await entryOfJob(jobs, filename)
  if (!isOurs(entry)) throw fileNotFound()
  if (entry !== indexed || isOver(entry, now())) throw new RequestError('file_expired')
  return entry
}

export const isOver = ({ expiresAt }: FileEntry, now: number): boolean => expiresAt !== null && expiresAt <= now

/** Whether the file of a completed download is gone, before its time or after. */
export async function isRemoved(files: RouteDependencies['files'], job: JobSnapshot, now: number): Promise<boolean> {
  if (job.kind !== 'download' || job.result === null) return false
  const listed = await files.find(job.result.filename)
  return listed === null || isOver(listed, now)
}

/** A file name ends with the digits of its job's id. */
async function entryOfJob(jobs: RouteDependencies['jobs'], filename: string): Promise<FileEntry | null> {
  const [, digits] = /-([0-9a-f]{32})\.\w+$/.exec(filename) ?? []
  const job = await jobs.find(`download_${digits}`)
  return job?.kind === 'download' && job.result?.filename === filename ? job.result : null
}
