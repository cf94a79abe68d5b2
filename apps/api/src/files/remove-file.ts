/** Removes a published file before its time. */
import type { FileEntry } from '@video-scraper/contracts'
import type { FastifyBaseLogger } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'

/** Whose file it is was checked before. Rejects only when Redis does not answer; then it may be gone all the same. */
export async function removeFile(
  { files, library, now }: RouteDependencies,
  { filename, owner, jobId }: FileEntry,
  log: FastifyBaseLogger,
): Promise<void> {
  // The decision first, in one step: whatever happens from here on, the file is gone for everybody, and what is left
  // of it looks like any file whose time is over, which housekeeping removes within a minute.
  await files.expire(filename, now())
  log.info({ jobId, filename, owner }, 'file removed')
  await library
    .remove(filename)
    .then(() => files.forget(filename, owner))
    .catch((error: unknown) => {
      log.warn({ err: error, filename }, 'a removed file left something behind; housekeeping tries again')
    })
}
