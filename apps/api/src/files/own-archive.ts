/** Finds the files of a completed download that are still there, for whoever may have them. */
import type { FileEntry } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { filesOfJob } from '@video-scraper/views'
import type { RouteDependencies } from '../dependencies.ts'
import { jobNotFound, RequestError } from '../http/errors.ts'
import { removedOf } from './own-file.ts'

/**
 * The media first, where it is there. Throws `job_not_finished` for a download that goes on, the 404 of a job for one that brought
 * back nothing, and `file_expired` where no file is left. Whose job it is was checked before.
 */
export async function archivedFiles(
  { files, library, now }: RouteDependencies,
  job: JobSnapshot,
): Promise<FileEntry[]> {
  if (job.state === 'queued' || job.state === 'running') {
    throw new RequestError('job_not_finished', { message: 'The download has not ended yet, so it has no files.' })
  }
  const entries = filesOfJob(job)
  if (entries.length === 0) throw jobNotFound()
  const removed = await removedOf(files, job, now())
  const left: FileEntry[] = []
  for (const entry of entries) {
    if (removed.has(entry.filename)) continue
    const file = await library.open(entry.filename)
    await file?.close()
    if (file?.sizeBytes === entry.sizeBytes) left.push(entry)
  }
  if (left.length === 0) throw new RequestError('file_expired')
  return left
}
