/** Writes a long transcript into the work folder, one file for each form, and says everything that will ever be said of each. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  contentTypes,
  type FileEntry,
  type TranscriptSegment,
  transcriptFormTable,
  transcriptFormWords,
} from '@video-scraper/contracts'
import { canonicalSourceUrl, type TranscriptHead, transcriptForms } from '@video-scraper/core'
import { digestOf, fileNameFor, type Staged } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import type { CaptionFile } from '@video-scraper/ytdlp'
import { keptFor } from '../kept-for.ts'
import type { HeardWarnings } from '../kept-warnings.ts'
import { UNDETERMINED } from './publish-transcript.ts'

interface Written {
  readonly segments: readonly TranscriptSegment[]
  readonly head: TranscriptHead
  readonly captions: Pick<CaptionFile, 'webpageUrl' | 'durationSeconds'>
  readonly heard: HeardWarnings
  readonly folder: string
}

/** The JSON first. `retentionMs`: how long files are kept, in milliseconds; 0 for ever. */
export async function fileTranscript(
  { segments, head, captions, heard, folder }: Written,
  { id, envelope }: RunningJob,
  retentionMs: number,
  signal: AbortSignal,
): Promise<Staged[]> {
  const createdAt = Date.now()
  const keptMs = keptFor(envelope, retentionMs)
  const warnings = heard.codes()
  const ytdlpVersion = heard.ytdlpVersion()
  const names = transcriptFormWords.map((form, at) =>
    fileNameFor({
      title: head.title,
      jobId: id,
      extension: transcriptFormTable[form].extension,
      place: { number: at + 1, role: 'transcript' },
    }),
  )
  const staged: Staged[] = []
  for (const [at, form] of transcriptFormWords.entries()) {
    signal.throwIfAborted()
    const { extension } = transcriptFormTable[form]
    const path = join(folder, `transcript.${extension}`)
    // An earlier attempt may have left one, and its process something else under the name.
    await rm(path, { recursive: true, force: true })
    await writeFile(path, transcriptForms[form](segments, head), { flag: 'wx', mode: 0o600 })
    const { sha256, sizeBytes } = await digestOf(path, signal)
    const entry: FileEntry = {
      filename: names[at] ?? '',
      jobId: id,
      owner: envelope.owner,
      title: head.title,
      sourceUrl: canonicalSourceUrl(captions.webpageUrl ?? '') ?? envelope.url,
      mediaType: contentTypes[extension],
      durationSeconds: captions.durationSeconds,
      sizeBytes,
      sha256,
      createdAt,
      expiresAt: keptMs === 0 ? null : createdAt + keptMs,
      role: 'transcript',
      ...(head.language !== UNDETERMINED && { language: head.language }),
      ...(head.automatic && { automatic: true }),
      ...(ytdlpVersion !== undefined && { ytdlpVersion }),
      ...(at === 0 && { otherFiles: names.slice(1), ...(warnings.length > 0 && { warnings }) }),
    }
    staged.push({ folder, path, entry })
  }
  return staged
}
