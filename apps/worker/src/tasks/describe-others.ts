/** Verifies the files that came beside the media, and says everything that will ever be said of each. */
import { type FileEntry, type FilePart, type FileRole, fileRoles, LanguageTag } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { digestOf, fileNameFor, type Staged, verifyContent } from '@video-scraper/library'
import { Value } from 'typebox/value'
import type { CheckedMedia } from './check-media.ts'

/** A file of the work folder beside the media. */
export interface OtherFile {
  readonly path: string
  readonly role: FileRole
  readonly language?: string
  readonly automatic?: boolean
  /** Of a clip or a chapter. */
  readonly part?: FilePart
}

interface Surroundings {
  folder: string
  signal: AbortSignal
  /** Of files whose role is media. */
  checkMedia(path: string): Promise<CheckedMedia>
  /** A file that is not what it should be: it is left out, and the download goes on. */
  onBroken(file: OtherFile): void
}

/** `media`: the entry whose download they belong to. They share its job, owner, title, source and times. */
export async function describeOthers(
  found: readonly OtherFile[],
  { jobId, owner, title, sourceUrl, createdAt, expiresAt }: FileEntry,
  { folder, signal, checkMedia, onBroken }: Surroundings,
): Promise<Staged[]> {
  const staged: Staged[] = []
  for (const file of found) {
    signal.throwIfAborted()
    const { path, role, automatic, part } = file
    // The source names it, and a name is made of it.
    const language = Value.Check(LanguageTag, file.language) ? file.language : undefined
    try {
      const { extension, mediaType, sizeBytes, durationSeconds } = await checked(path, role, checkMedia)
      const { sha256 } = await digestOf(path, signal)
      const place = { number: staged.length + 2, role }
      const entry: FileEntry = {
        filename: fileNameFor({ title, jobId, extension, place }),
        ...{
          jobId,
          owner,
          title,
          sourceUrl,
          mediaType,
          durationSeconds,
          sizeBytes,
          sha256,
          createdAt,
          expiresAt,
          role,
        },
        ...(language !== undefined && { language }),
        ...(automatic === true && { automatic }),
        ...(part && { part }),
      }
      staged.push({ folder, path, entry })
    } catch (error) {
      if (!(error instanceof JobFailure) || error.code !== 'invalid_media') throw error
      onBroken(file)
    }
  }
  return staged
}

const checked = async (path: string, role: FileRole, checkMedia: Surroundings['checkMedia']): Promise<CheckedMedia> =>
  fileRoles[role].extensions === null
    ? await checkMedia(path)
    : { ...(await verifyContent(path, role)), durationSeconds: null }
