/** Answers a download with a file that its owner has already, where it is the same video in the same formats. */
import type { FileEntry, JobEnvelope } from '@video-scraper/contracts'
import { Stop } from '@video-scraper/core'
import type { Library } from '@video-scraper/library'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import { type FileIndex, foundDigest, requestDigest } from '@video-scraper/store'
import { recalled } from './extraction-cache.ts'
import { keptFor } from './kept-for.ts'
import { asksSource, mayAnswer } from './max-age.ts'

/** A file that is about to expire would be gone before anybody has fetched it. */
const TIME_LEFT_MIN_MS = 10 * 60_000

interface KnownFileDependencies {
  library: Library
  files: FileIndex
  /** 0 for ever. */
  retentionMs: number
  reuseFiles: boolean
  /** After this time a file from a direct link answers only once its source was asked whether it is still the same. */
  trustedMs: number
  log: JobLog
}

export interface Known {
  /** The files of an earlier download, the media first. */
  known: readonly [FileEntry, ...FileEntry[]]
}

/** What a download must mind, so that it can be called off once it turns out to be of what is known. */
export interface ReuseCheck {
  /** Aborted with the job, and when the file is known. */
  signal: AbortSignal
  /** Called with what the address has led to. */
  onIdentity(identity: string): void
  /** Resolves when the library has been asked; rejects when the file is known. */
  settled(): Promise<void>
}

/**
 * Asks the library for what was asked for, which is free. Where it has nothing, the download begins, and as soon as yt-dlp
 * has said what the address leads to, the library is asked for that: the same video may have been fetched by another
 * spelling of its address, or with its format named.
 */
export async function reuseOrFetch<T>(
  dependencies: KnownFileDependencies,
  job: RunningJob,
  signal: AbortSignal,
  fetch: (check: ReuseCheck) => Promise<T>,
): Promise<T | Known> {
  const requested = requestDigest(job.envelope)
  const asked = await answerOf(dependencies, job, requested)
  if (asked !== null && !(await mustBeChecked(dependencies, asked[0], requested))) return { known: asked }

  const enough = new AbortController()
  let looking: Promise<Known['known'] | null> = Promise.resolve(null)
  const check: ReuseCheck = {
    signal: AbortSignal.any([signal, enough.signal]),
    onIdentity(identity) {
      // Reported twice where what was remembered led to nothing and the source is asked again. The first file that is found
      // stands: the fetching has been stopped for it.
      looking = looking.then(async (earlier) => {
        const known = earlier ?? (await answerOf(dependencies, job, foundDigest(job.envelope, identity)))
        if (known !== null) enough.abort(new Stop('answer_known'))
        return known
      })
    },
    async settled() {
      await looking
      enough.signal.throwIfAborted()
    },
  }
  try {
    return await fetch(check)
  } catch (error) {
    const found = await looking
    if (found === null || signal.aborted) throw error
    await recalled(dependencies.files.addAnswer(requested, found[0]), dependencies.log)
    await recalled(dependencies.files.noteChecked(requested, dependencies.trustedMs), dependencies.log)
    return { known: found }
  }
}

/**
 * Another file may lie at a direct link by now. The download then begins as always, and what yt-dlp finds there, with its
 * validators and length, says whether it is the one that is known.
 */
async function mustBeChecked({ files, trustedMs, log }: KnownFileDependencies, entry: FileEntry, requested: string) {
  if (entry.direct !== true || Date.now() < entry.createdAt + trustedMs) return false
  return (await recalled(files.wasChecked(requested), log)) !== true
}

/** Under what a file is found again: what was asked for, and what it turned out to be. */
export const answersOf = (envelope: JobEnvelope, identity: string | null): string[] => [
  requestDigest(envelope),
  ...(identity === null ? [] : [foundDigest(envelope, identity)]),
]

/**
 * Null unless the file and those that came with it are indexed, lie in the library whole, and will stay a while. It may be removed the moment after,
 * as it may after any answer: fetching it is a 404 then. Never rejects.
 */
async function answerOf(
  { library, files, retentionMs, reuseFiles, log }: KnownFileDependencies,
  { id, envelope }: RunningJob,
  digest: string,
): Promise<Known['known'] | null> {
  if (!reuseFiles || asksSource(envelope)) return null
  const entry = await recalled(files.findAnswer(digest), log)
  const { max_filesize: bytesMax = Number.POSITIVE_INFINITY } = envelope.options
  if (entry !== null && (entry.sizeBytes > bytesMax || !mayAnswer(envelope, entry.createdAt, Date.now()))) return null
  // Who keeps files for ever may still have some that were to expire.
  const keptMs = keptFor(envelope, retentionMs) || Number.POSITIVE_INFINITY
  const timeLeftMin = Math.min(TIME_LEFT_MIN_MS, keptMs / 2)
  if (entry?.owner !== envelope.owner || (entry.expiresAt !== null && entry.expiresAt < Date.now() + timeLeftMin))
    return null
  const others = await othersOf(files, entry, log)
  if (others === null) return null
  for (const { filename, sizeBytes } of [entry, ...others]) {
    const file = await library.open(filename).catch(() => null)
    await file?.close()
    if (file?.sizeBytes !== sizeBytes) return null
  }
  log.info({ jobId: id, filename: entry.filename }, 'answered from the library')
  return [entry, ...others]
}

/** Null where one of them has been removed: whoever asks again gets all of what was asked for. */
async function othersOf(files: FileIndex, { otherFiles = [] }: FileEntry, log: JobLog): Promise<FileEntry[] | null> {
  if (otherFiles.length === 0) return []
  const listed = await recalled(files.findAll(otherFiles), log)
  const others = otherFiles.map((name) => listed?.get(name))
  return others.every((entry) => entry !== undefined && (entry.expiresAt === null || entry.expiresAt > Date.now()))
    ? others.filter((entry) => entry !== undefined)
    : null
}
