/** The sha-256 of a file; of a large one computed on a thread of its own, and while the file still grows. */
import { Worker } from 'node:worker_threads'
import { digestOfSmall } from './small-digest.ts'

/** What is known of a file's content. */
export interface Digest {
  /** 64 hexadecimal digits. */
  sha256: string
  sizeBytes: number
  /** How much of it had been hashed before the end was known; 0 when the file was read from its start. */
  followedBytes: number
}

export interface FollowDigest {
  /** Where the growing file will appear. Null: nothing is followed, `finish` reads its file whole. */
  folder: string | null
  /** Which file of the folder to follow. Default: `media.<anything>.part`, but no single fragment. */
  partName?: RegExp
  /** How often to look while nothing happens. Default 200 ms. */
  pollMs?: number
  /** How old a download is before it is followed: a short one costs less when it is read at its end. Default 1 000 ms. */
  afterMs?: number
}

/** A digest in the making. Whoever starts one ends it, with `finish` or with `stop`; both is fine. */
export interface DigestFollower {
  /** How far the file has been hashed by now; 0 again when what was hashed is no longer believed. */
  readonly followedBytes: number
  /** The writer began anew, or might have: nothing hashed so far is believed, `finish` will read the file whole. */
  taint(): void
  /**
   * Call once, when the file is complete and has its final name. Ends the thread in any case. Rejects where it was stopped before, when the
   * file cannot be read or still changes, and with the signal's reason when that is aborted.
   */
  finish(path: string, signal?: AbortSignal): Promise<Digest>
  /** Ends the thread and closes its files. May be called at any time, any number of times. */
  stop(): Promise<void>
}

/** A fragment on its way is called `media.mp4.part-Frag7.part`. */
const PART_NAME = /^media\.(?!.*-Frag\d).+\.part$/

/** The same place from `src` and from `dist`. */
const THREAD = new URL('../../thread/digest-thread.mjs', import.meta.url)

type Answer = { digest: Digest } | { error: Error }

/**
 * Follows the download in a work folder. A wrong digest would be worse than none, so what was hashed early is used
 * only when all of this holds at the end; otherwise the file is read whole:
 *
 * - Only the downloader's `.part` is followed, which is written front to back. What ffmpeg writes is not (it goes back
 *   to fill in headers), and is another inode.
 * - The finished file is the inode that was followed. It is held open meanwhile, so its number cannot be used again.
 * - It was never seen shorter than what had been hashed (a restart truncates), and nobody called `taint`.
 * - It still begins with what was hashed: the first 512 bytes of every block of 1 MiB are compared. This is for a
 *   restart that nobody reported and that grew back between two looks, and for space reserved before it was written.
 * - Its size and time of change stay the same while the rest is hashed.
 *
 * The thread also starts writing the file back to disk as it grows, which makes the sync at publication short.
 *
 * It is worth its price: after 500 MB that came at 50 MB/s, reading and hashing the whole file took another 14 % of the download's
 * time on two busy processors, and with the thread 0.5 % (measured). The processor time of the hash alone is 3.4 %. A thread costs 40 ms of
 * processor time, which a short download would not get back: decision record 0073.
 */
export function followDigest({
  folder,
  partName = PART_NAME,
  pollMs = 200,
  afterMs = 1_000,
}: FollowDigest): DigestFollower {
  const followedBytes = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
  const end = new AbortController()
  let thread: Worker | null = null
  const start = (followed: string | null): Worker => {
    thread = new Worker(THREAD, {
      workerData: { folder: followed, partName, pollMs, followedBytes },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    })
    thread.once('error', (error) => end.abort(error))
    thread.once('exit', () => end.abort(STOPPED))
    return thread
  }
  const follow = (): void => {
    try {
      start(folder)
    } catch {
      // The system gives no thread now. The file is read when it is complete.
    }
  }
  const timer = folder === null ? undefined : setTimeout(follow, afterMs)

  return {
    get followedBytes() {
      return followedBytes[0] ?? 0
    },
    taint: () => {
      clearTimeout(timer)
      thread?.postMessage({ act: 'taint' })
    },
    finish: async (path, signal) => {
      clearTimeout(timer)
      const ending = signal ? AbortSignal.any([signal, end.signal]) : end.signal
      try {
        ending.throwIfAborted()
        const small = thread === null ? await digestOfSmall(path) : null
        ending.throwIfAborted()
        return small ? { ...small, followedBytes: 0 } : await answerOf(thread ?? start(null), path, ending)
      } finally {
        await thread?.terminate()
      }
    },
    stop: async () => {
      clearTimeout(timer)
      end.abort(STOPPED)
      await thread?.terminate()
    },
  }
}

const STOPPED = new Error('The digest was stopped.')

/** Reads a file whole and returns its digest. */
export async function digestOf(path: string, signal?: AbortSignal): Promise<Digest> {
  return await followDigest({ folder: null }).finish(path, signal)
}

function answerOf(thread: Worker, path: string, signal: AbortSignal): Promise<Digest> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    thread.once('message', (answer: Answer) => {
      signal.removeEventListener('abort', abort)
      if ('digest' in answer) resolve(answer.digest)
      else reject(answer.error)
    })
    thread.postMessage({ act: 'finish', path })
  })
}
