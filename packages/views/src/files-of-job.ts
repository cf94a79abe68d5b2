/** The files that a job of any kind has left, by what its result says. */
import { type FileEntry, kinds } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'

/** The first one first; empty for a job that has no result, or one without files. Whether they are still there is not known here. */
export function filesOfJob({ kind, result }: JobSnapshot): readonly FileEntry[] {
  const files: (result: never) => readonly FileEntry[] = kinds[kind].files
  return result === null ? [] : files(result as never)
}
