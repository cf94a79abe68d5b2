/** Publishes the files of a long transcript, in steps that can each be repeated. */
import type { FileEntry, TranscriptResult } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { type Library, RemovedSince, type Staged } from '@video-scraper/library'
import type { FileIndex } from '@video-scraper/store'

/** ISO 639-2: nobody knows the language. */
export const UNDETERMINED = 'und'

interface Dependencies {
  readonly library: Pick<Library, 'publish'>
  readonly files: Pick<FileIndex, 'add'>
}

/**
 * The first file goes last: where it can be seen, all others can. One that was published and has been removed since does not come
 * back: the result says that it has expired.
 */
export async function publishTranscript(
  { library, files }: Dependencies,
  staged: readonly Staged[],
): Promise<TranscriptResult> {
  const there: FileEntry[] = []
  for (const file of staged.toReversed()) {
    try {
      there.push(await library.publish(file))
    } catch (error) {
      if (!(error instanceof RemovedSince)) throw error
    }
  }
  if (there.length > 0) await files.add(...there)
  return resultOfFiles(staged.map(({ entry }) => entry))
}

/** The entries say all that the result does. */
export function resultOfFiles(files: readonly FileEntry[]): TranscriptResult {
  const [first] = files
  if (first === undefined) throw new JobFailure('internal_error', { cause: new Error('A transcript has no file.') })
  const { title, language = UNDETERMINED, automatic = false } = first
  return { title, language, automatic, files }
}
