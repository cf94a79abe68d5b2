/** A download whose file also goes to the client's own store: before the point of no return, so that a failed delivery is a failed job. */
import type { SecretKeys } from '@video-scraper/boot'
import type { FileEntry } from '@video-scraper/contracts'
import type { SafeUpload } from '@video-scraper/egress'
import { openLocalFile } from '@video-scraper/library'
import type { RunningJob, Task } from '@video-scraper/queue'
import { checkDestination, deliverFile } from '../destination/deliver-file.ts'
import { isOtherBytes } from '../destination/delivery-failures.ts'
import { openDestination } from '../destination/open-destination.ts'
import { progressAtTheEnd } from '../kept-warnings.ts'
import type { DownloadDependencies, PreparedDownload } from './download-video.ts'
import { discardStaged } from './staged-files.ts'

export interface DestinationDependencies extends DownloadDependencies {
  upload: SafeUpload
  secretKeys: SecretKeys
}

/**
 * An attempt that committed has delivered before. One that died in between finds its file staged, or in the library, and sends
 * it again: nothing is fetched twice on the same machine, and a PUT may be repeated.
 */
export const deliverDownload = (
  dependencies: DestinationDependencies,
  task: Task<'download', PreparedDownload>,
): Task<'download', PreparedDownload> => ({
  ...task,
  async prepare(job, signal) {
    const url = job.committed === null ? openDestination(dependencies.secretKeys, job.envelope) : null
    if (url === null) return task.prepare(job, signal)
    const begunAt = Date.now()
    if (job.delivered === undefined) await checkDestination(dependencies, job, url, signal)
    const prepared = await task.prepare(job, signal)
    try {
      await deliverPrepared(dependencies, job, { url, prepared, begunAt }, signal)
      return prepared
    } catch (error) {
      if (!('known' in prepared) || !isOtherBytes(error)) throw error
      // The file in the library is damaged, or has gone meanwhile. It would answer every later attempt too.
      const fetched = await task.prepare({ ...job, envelope: { ...job.envelope, fresh: true } }, signal)
      await deliverPrepared(dependencies, job, { url, prepared: fetched, begunAt }, signal)
      return fetched
    }
  },
})

interface Delivering {
  readonly url: string
  readonly prepared: PreparedDownload
  /** When the attempt began. */
  readonly begunAt: number
}

async function deliverPrepared(
  dependencies: DestinationDependencies,
  job: RunningJob,
  { url, prepared, begunAt }: Delivering,
  signal: AbortSignal,
): Promise<void> {
  const { library } = dependencies
  if ('published' in prepared) return
  if ('known' in prepared) {
    const [entry] = prepared.known
    if (await isDelivered(job, entry)) return
    await deliverFile(dependencies, job, { url, entry, begunAt, open: () => library.open(entry.filename) }, signal)
    return
  }
  const [media] = prepared.staged
  if (media === undefined || (await isDelivered(job, media.entry))) return
  const { path, entry } = media
  const sizeBytes = prepared.staged.reduce((sum, file) => sum + file.entry.sizeBytes, 0)
  // Until it is published it counts for nobody, and a slow store may keep it so for an hour. It takes no more of the disk, so a
  // disk that fills up does not end it.
  const endCounting = await dependencies.budget.countFinished({ jobId: job.id, owner: entry.owner, sizeBytes })
  try {
    await deliverFile(dependencies, job, { url, entry, begunAt, open: () => openLocalFile(path) }, signal)
  } catch (error) {
    // These bytes are not the ones that were verified, so the next attempt fetches others. What could not be read now stays.
    if (isOtherBytes(error)) await discardStaged(dependencies, job.id)
    throw error
  } finally {
    endCounting()
  }
}

/** Whether the store has these bytes already, as the job's record then goes on to say. */
async function isDelivered({ delivered, reportNow }: RunningJob, entry: FileEntry): Promise<boolean> {
  if (delivered?.sha256 !== entry.sha256) return false
  await reportNow({ ...progressAtTheEnd(entry), heartbeatAt: Date.now(), delivered })
  return true
}
