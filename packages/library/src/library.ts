/** Where finished files live: the interface that a local folder and an S3 bucket both keep. */
import type { Readable } from 'node:stream'
import type { FileEntry } from '@video-scraper/contracts'
import type { Disposition } from './serve/content-disposition.ts'

/** First and last byte, both included. */
export interface ByteRange {
  start: number
  end: number
}

/** A published file that is being read. It stays readable to its end even when it is removed meanwhile. */
export interface OpenFile {
  sizeBytes: number
  /** Epoch milliseconds. A published file never changes, so this is the time of its publication. */
  modifiedMs: number
  /** Call at most once. Null: the whole file. The stream closes the file at its end, and when it is destroyed. */
  stream(range: ByteRange | null): Readable
  /** For whoever does not stream; may be called at any time, any number of times. */
  close(): Promise<void>
}

/** A finished file in its work folder, with everything needed to publish it written down beside it. */
export interface Staged {
  /** The job's work folder. */
  folder: string
  /** The file in it. */
  path: string
  entry: FileEntry
  /** Where the library is remote: the bytes that already lie there, unseen until they are published. */
  upload?: { id: string; parts: string[] }
}

export interface Removals {
  gone: string[]
  failed: { filename: string; error: unknown }[]
}

export interface Library {
  /**
   * Writes down, durably, that these files of one work folder are to be published, once their bytes lie where they will be. The
   * first is the media. From here on a crash is followed by `readStaged`. Rejects with the signal's reason; publishing is then
   * as if it had never been begun.
   */
  stage(files: readonly Staged[], signal?: AbortSignal): Promise<Staged[]>
  /** What was staged in a work folder, or null. A file may already be gone from it: published before a crash. */
  readStaged(folder: string): Promise<Staged[] | null>
  /** Takes back what staging laid elsewhere than in the work folder. For a job that ended without being published. */
  unstage(folder: string): Promise<void>
  /**
   * Publishes one file. May be repeated after a crash at any line; publishing what is already published answers
   * the same, and rejects with `RemovedSince` where it has been removed again.
   */
  publish(staged: Staged): Promise<FileEntry>
  /** Null: no such file, or not a name that the library could have given. */
  open(filename: string): Promise<OpenFile | null>
  /** Returns whether there was a file. Removing what is not there is fine. */
  remove(filename: string): Promise<boolean>
  /**
   * Removes many, in few requests where the library is remote. `gone`: what is not there any more, or never was. A name
   * that stands in neither list was not tried, because the signal aborted.
   */
  removeAll(filenames: readonly string[], signal: AbortSignal): Promise<Removals>
  /** What is known of one published file. Null: there is none under that name, or its sidecar does not describe it. */
  describe(filename: string): Promise<FileEntry | null>
  /** Every published file, in no order, for rebuilding an index. What is broken or half removed is left out. */
  entries(): AsyncIterable<FileEntry>
  /** The name of every file that lies there as published, whether or not anything describes it. In no order. */
  names(): AsyncIterable<string>
  /** Removes what interrupted publications and removals left behind, and returns the names. */
  sweep(options: { olderThanMs: number; signal?: AbortSignal }): Promise<string[]>
  /**
   * A link to where the file lies, which works without us for so many seconds; what the answer says of the file is in it.
   * Missing where there is nobody but us to fetch it from.
   */
  link?(
    file: { filename: string; title: string | null; mediaType: string; language?: string | undefined },
    options: { disposition: Disposition; seconds: number },
  ): Promise<string>
  /** Infinity where there is no such limit. */
  freeBytes(): Promise<number>
}
