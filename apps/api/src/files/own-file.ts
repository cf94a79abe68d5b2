/** Finds a published file for whoever may have it. */
import type { FileEntry } from '@video-scraper/contracts'
import { isFileName, readFileName } from '@video-scraper/library'
import type { JobSnapshot } from '@video-scraper/queue'
import { filesOfJob } from '@video-scraper/views'
import type { FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { fileNotFound, RequestError } from '../http/errors.ts'

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

/** Which files of a completed job are gone, before their time or after. */
export async function removedOf(
  files: RouteDependencies['files'],
  job: JobSnapshot,
  now: number,
): Promise<ReadonlySet<string>> {
  const names = filesOfJob(job).map(({ filename }) => filename)
  if (names.length === 0) return NONE
  const listed = await files.findAll(names)
  return new Set(
    names.filter((name) => {
      const entry = listed.get(name)
      return entry === undefined || isOver(entry, now)
    }),
  )
}

const NONE: ReadonlySet<string> = new Set()

/** A file name holds the digits of its job's id. */
async function entryOfJob(jobs: RouteDependencies['jobs'], filename: string): Promise<FileEntry | null> {
  const job = await jobs.find(readFileName(filename)?.jobId ?? '')
  return job === null ? null : (filesOfJob(job).find((file) => file.filename === filename) ?? null)
}
