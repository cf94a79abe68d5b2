/** Publishes the files of a download, in steps that can each be repeated, and finds what an earlier attempt published. */
import { type DownloadResult, downloadResult, type FileEntry } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { type Library, RemovedSince, type Staged } from '@video-scraper/library'
import type { FileIndex } from '@video-scraper/store'

interface Dependencies {
  library: Pick<Library, 'publish' | 'describe'>
  files: Pick<FileIndex, 'add'>
}

/**
 * The media goes last: where it can be seen, all other files of its download can. All of them are indexed together. A file that
 * was published and has been removed since does not come back: it is in the result, which says that it has expired, and not in
 * the index. Rejects with a `JobFailure` where bytes are not those that were verified.
 */
export async function publishFiles(
  { library, files }: Dependencies,
  staged: readonly Staged[],
): Promise<DownloadResult> {
  const [media, ...others] = staged
  if (media === undefined) throw new JobFailure('internal_error', { cause: new Error('Nothing was staged.') })
  const there: FileEntry[] = []
  for (const file of [...others, media]) {
    try {
      there.push(await library.publish(file))
    } catch (error) {
      if (!(error instanceof RemovedSince)) throw error
    }
  }
  if (there.length > 0) await files.add(...there)
  return resultOf(staged.map(({ entry }) => entry))
}

/** The files of a download whose media lies in the library. Those that have been removed since are left out. */
export async function describePublished(
  { library }: Pick<Dependencies, 'library'>,
  filename: string,
  jobId: string,
): Promise<FileEntry[] | null> {
  const media = await library.describe(filename)
  if (media?.jobId !== jobId) return null
  const others = await Promise.all((media.otherFiles ?? []).map((name) => library.describe(name)))
  return [media, ...others.filter((entry) => entry !== null)]
}

/** The first is the media. */
export function resultOf([media, ...others]: readonly FileEntry[]): DownloadResult {
  if (media === undefined) throw new JobFailure('internal_error', { cause: new Error('A download has no file.') })
  return downloadResult(media, others)
}
