/** A download whose file also goes to the client's own store: before the point of no return, so that a failed delivery is a failed job. */
import type { SecretKeys } from '@video-scraper/boot'
import { failureOf } from '@video-scraper/core'
import type { SafeUpload } from '@video-scraper/egress'
import { openLocalFile } from '@video-scraper/library'
import type { RunningJob, Task } from '@video-scraper/queue'
import { checkDestination, deliverFile, type FileToDeliver } from '../destination/deliver-file.ts'
import { openDestination } from '../destination/open-destination.ts'
import { progressAtTheEnd } from '../kept-warnings.ts'
import type { DownloadDependencies, PreparedDownload } from './download-video.ts'
import { discardStaged } from './staged-files.ts'
import { withReservation } from './with-reservation.ts'

export interface DestinationDependencies extends DownloadDependencies {
  upload: SafeUpload
  secretKeys: SecretKeys
}

/**
 * An attempt that committed has delivered before. One that died in between finds its file staged, or in the library, and sends
 * it again: nothing is fetched twice, and a PUT may be repeated.
 */
export const deliverDownload = (
  dependencies: DestinationDependencies,
  task: Task<'download', PreparedDownload>,
): Task<'download', PreparedDownload> => ({
  ...task,
  async prepare(job, signal) {
    const url = job.committed === null ? openDestination(dependencies.secretKeys, job.envelope) : null
    if (url === null) return task.prepare(job, signal)
    if (job.delivered === undefined) await checkDestination(dependencies, job, url, signal)
    const prepared = await task.prepare(job, signal)
    await deliverPrepared(dependencies, job, { url, prepared }, signal)
    return prepared
  },
})

interface Delivering {
  readonly url: string
  readonly prepared: PreparedDownload
}

async function deliverPrepared(
  dependencies: DestinationDependencies,
  job: RunningJob,
  { url, prepared }: Delivering,
  signal: AbortSignal,
): Promise<void> {
  const { library } = dependencies
  if ('published' in prepared) return
  if ('known' in prepared) {
    const [entry] = prepared.known
    await unlessDelivered(dependencies, job, { url, entry, open: () => library.open(entry.filename) }, signal)
    return
  }
  const [media] = prepared.staged
  if (media === undefined) return
  const { folder, path, entry } = media
  const sizeBytes = prepared.staged.reduce((sum, file) => sum + file.entry.sizeBytes, 0)
  // Until it is published it counts for nobody, and a slow store may keep it so for an hour.
  await withReservation(
    dependencies,
    { jobId: job.id, owner: entry.owner, folder },
    signal,
    async (reservation, stop) => {
      await reservation.settle(sizeBytes)
      await unlessDelivered(dependencies, job, { url, entry, open: () => openLocalFile(path) }, stop).catch(
        async (error) => {
          // These bytes are not the ones that were verified, so the next attempt fetches others.
          if (failureOf(error).code === 'internal_error' && !stop.aborted) await discardStaged(dependencies, job.id)
          throw error
        },
      )
    },
  )
}

async function unlessDelivered(
  dependencies: DestinationDependencies,
  job: RunningJob,
  file: FileToDeliver,
  signal: AbortSignal,
): Promise<void> {
  const { delivered } = job
  if (delivered?.sha256 !== file.entry.sha256) return deliverFile(dependencies, job, file, signal)
  await job.reportNow({ ...progressAtTheEnd(file.entry), heartbeatAt: Date.now(), delivered })
}
