/** Transcripts: fetch the captions, make segments of them, and keep a long one as files. No media is fetched. */
import {
  type FileEntry,
  INLINE_TRANSCRIPT_BYTES_MAX,
  LanguageTag,
  type TranscriptResult,
  type TranscriptSegment,
} from '@video-scraper/contracts'
import { JobFailure, type TranscriptHead, transcriptOf } from '@video-scraper/core'
import type { Library, Staged } from '@video-scraper/library'
import type { RunningJob, Task } from '@video-scraper/queue'
import type { FileIndex } from '@video-scraper/store'
import type { CaptionFile, Engine } from '@video-scraper/ytdlp'
import { Value } from 'typebox/value'
import { askSource, type SourceDependencies } from '../ask-source.ts'
import type { SourceAccess } from '../exits/source-access.ts'
import type { StorageBudget } from '../storage-budget.ts'
import { fileTranscript } from './file-transcript.ts'
import { publishTranscript, resultOfFiles, UNDETERMINED } from './publish-transcript.ts'
import { discardStaged, readyToPublish } from './staged-files.ts'
import { withReservation } from './with-reservation.ts'

export interface TranscriptDependencies extends SourceDependencies {
  engine: Engine
  source: SourceAccess
  library: Library
  files: FileIndex
  budget: StorageBudget
  /** 0 for ever. */
  retentionMs: number
}

/** Short: the result itself. Long: its files lie in the work folder, or in the library where an earlier attempt published them. */
type Prepared =
  | { readonly result: TranscriptResult }
  | { readonly staged: readonly Staged[] }
  | { readonly published: readonly FileEntry[] }

export const writeTranscript = (dependencies: TranscriptDependencies): Task<'transcript', Prepared> => ({
  async prepare(job, signal) {
    const home = await dependencies.folders.open(job.id)
    const ready = await readyToPublish(dependencies, job, home)
    return ready ?? (await fetchAndWrite(dependencies, job, signal))
  },
  publicationOf: (prepared) => ('staged' in prepared ? (prepared.staged[0]?.entry.filename ?? '') : ''),
  async publish(_job, prepared) {
    if ('result' in prepared) return prepared.result
    if ('staged' in prepared) return await publishTranscript(dependencies, prepared.staged)
    await dependencies.files.add(...prepared.published)
    return resultOfFiles(prepared.published)
  },
  discard: (id) => discardStaged(dependencies, id),
})

async function fetchAndWrite(
  dependencies: TranscriptDependencies,
  job: RunningJob,
  signal: AbortSignal,
): Promise<Prepared> {
  const { engine, source, library, retentionMs } = dependencies
  const { url, options, owner } = job.envelope
  const { language, source: asked } = options
  const wanted = { ...(language && { language }), ...(asked && { source: asked }) }
  const way = await source.wayOf(job)
  const { answer, heard } = await askSource(dependencies, { job, way, signal }, async (cookies, context) => ({
    captions: await engine.fetchCaptions({ url, captions: wanted, cookies }, context),
    folder: context.folder,
  }))
  const { captions, folder } = answer
  const read = transcriptOf({ bytes: captions.bytes, isAutomatic: captions.automatic })
  if (read.segments.length === 0) throw new JobFailure('no_captions')
  if (!read.isWhole) heard.add('result_shortened')
  const segments = read.segments.map(inSeconds)
  const head = headOf(captions)
  if (bytesOf(segments) <= INLINE_TRANSCRIPT_BYTES_MAX) return { result: { ...head, segments } }
  const subject = { jobId: job.id, owner, folder }
  return await withReservation(dependencies, subject, signal, async (reservation, stop) => {
    const files = await fileTranscript({ segments, head, captions, heard, folder }, job, retentionMs, stop)
    await reservation.settle(files.reduce((sum, { entry }) => sum + entry.sizeBytes, 0))
    return { staged: await library.stage(files, stop) }
  })
}

/** The source names the language, and a file is named after it. `und`: nobody knows. */
const headOf = ({ title, language, automatic }: CaptionFile): TranscriptHead => ({
  title,
  language: Value.Check(LanguageTag, language) ? language : UNDETERMINED,
  automatic,
})

const inSeconds = ({ start, end, text }: TranscriptSegment): TranscriptSegment => ({
  start: start / 1000,
  end: end / 1000,
  text,
})

const bytesOf = (segments: readonly TranscriptSegment[]): number => Buffer.byteLength(JSON.stringify(segments))
