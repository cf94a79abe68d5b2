/** What an earlier attempt left of a job whose files were verified, and how it goes when it is of no use any more. */
import type { FileEntry } from '@video-scraper/contracts'
import type { Library, Staged } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import type { WorkFolders } from '../work-folders.ts'
import { apartIn } from './busy-folder.ts'
import { describePublished } from './publish-files.ts'

/** Null where the job has to be done from its beginning. */
type Ready = { staged: Staged[] } | { published: FileEntry[] } | null

/**
 * An earlier attempt that died after staging has nothing left to fetch. Where its work folder lies on another machine, the
 * job's record names the first file, which may have been published.
 */
export async function readyToPublish(
  { library }: { library: Library },
  { id, committed, envelope }: Pick<RunningJob, 'id' | 'committed' | 'envelope'>,
  folder: string,
): Promise<Ready> {
  const staged = (await library.readStaged(folder)) ?? (await library.readStaged(apartIn(folder)))
  // A note of ours that another job's folder held, or that says another owner, is not this job's.
  const isOurs = ({ entry }: Staged) => entry.jobId === id && entry.owner === envelope.owner
  if (staged !== null) return staged.every(isOurs) ? { staged } : null
  if (!committed) return null
  const published = await describePublished({ library }, committed, id)
  return published && { published }
}

/** Removes the job's work folder with all that was staged of it. */
export async function discardStaged(
  { library, folders }: { library: Library; folders: WorkFolders },
  id: string,
): Promise<void> {
  const folder = folders.pathOf(id)
  for (const each of [folder, apartIn(folder)]) await library.unstage(each).catch(() => undefined)
  await folders.remove(id)
}
