/** Whether what was downloaded is a video or audio file at all, as ffprobe sees it. */
import { spawn } from 'node:child_process'
import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { JobFailure } from '@video-scraper/core'
import { systemCodeOf } from '../durable.ts'
import { type ProbedMedia, readProbe } from './probe-report.ts'

export interface VerifyMedia {
  /** The file, absolute. */
  path: string
  /** The executable to start: the sandbox package's shim, which reads local files only and dies with its parent. */
  ffprobe: string
  /** The job's work folder: the only folder that the probe knows. */
  folder: string
  /** What must be in the file. False and null demand nothing: sources often say less than they send. */
  expects: { video: boolean | null; audio: boolean | null }
  signal: AbortSignal
  /** Memory of the probe, which the shim has the kernel enforce; 0: no limit. Default: the shim's own, 1 GiB. */
  memoryBytes?: number
  /** Watches the probe's process group until the function that it returns is called; `end` ends the probe. */
  watch?: (leader: number, end: () => void) => () => void
  /** Default 30 000. A file that takes longer is taken for a broken one. */
  timeoutMs?: number
}

/** An honest file needs a part of one second. */
const CPU_SECONDS_MAX = 30
/** A report of one file has a few kilobytes; the rest of what a hostile one may cause is not read. */
const OUTPUT_BYTES_MAX = 1024 * 1024

const ARGUMENTS = [
  ...['-v', 'error', '-print_format', 'json'],
  ...[
    '-show_entries',
    'format=format_name,duration:stream=codec_type,codec_name,profile,width,height,pix_fmt,avg_frame_rate,field_order,color_transfer,color_primaries:stream_disposition=attached_pic',
    '-i',
  ],
]

/**
 * Returns what the file holds. Throws `invalid_media` where it is empty, not a regular file, unreadable as media or
 * without an expected stream; `internal_error` where the probe itself could not run; the signal's reason when aborted.
 */
export async function verifyMedia(request: VerifyMedia): Promise<ProbedMedia> {
  request.signal.throwIfAborted()
  const stat = await lstat(request.path).catch((cause: unknown) => {
    throw new JobFailure('invalid_media', { cause })
  })
  if (!stat.isFile() || stat.size === 0) throw invalid('The file is empty, or not a regular file.')
  const media = readProbe(await probe(request))
  if (!media) throw invalid('No playable stream was found.')
  if (request.expects.video && !media.hasVideo) throw invalid('The video stream is missing.')
  if (request.expects.audio && !media.hasAudio) throw invalid('The audio stream is missing.')
  return media
}

const invalid = (reason: string) => new JobFailure('invalid_media', { cause: new Error(reason) })

/** Runs ffprobe at the head of its own process group and returns its output. */
function probe({
  path,
  ffprobe,
  folder,
  signal,
  memoryBytes,
  watch,
  timeoutMs = 30_000,
}: VerifyMedia): Promise<string> {
  const limit = AbortSignal.timeout(timeoutMs)
  const end = AbortSignal.any([signal, limit])
  return new Promise((resolve, reject) => {
    const child = spawn(ffprobe, [...ARGUMENTS, `file:${path}`], {
      cwd: folder,
      detached: true,
      env: {
        PATH: dirname(ffprobe),
        TMPDIR: folder,
        VIDEO_SCRAPER_JOB_FOLDER: folder,
        VIDEO_SCRAPER_CPU_SECONDS: String(CPU_SECONDS_MAX),
        ...(memoryBytes !== undefined && { VIDEO_SCRAPER_MEMORY_BYTES: String(memoryBytes) }),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const chunks: Buffer[] = []
    let size = 0
    let problem: string | null = null
    const kill = () => killGroup(child.pid)
    const killFor = (sentence: string) => {
      problem ??= sentence
      kill()
    }
    const onOverrun = () => killFor('The probe needed too much of the machine.')
    const unwatch = child.pid === undefined ? undefined : watch?.(child.pid, onOverrun)
    end.addEventListener('abort', kill, { once: true })
    if (end.aborted) kill()

    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= OUTPUT_BYTES_MAX) chunks.push(chunk)
      else if (problem === null) killFor('The probe found too much to report.')
    })
    child.once('error', (cause) => {
      end.removeEventListener('abort', kill)
      reject(new JobFailure('internal_error', { cause }))
    })
    // The probe has no business leaving children behind, and `close` would wait for their copy of its output.
    child.once('exit', kill)
    child.once('close', (code, killedBy) => {
      end.removeEventListener('abort', kill)
      unwatch?.()
      const found = limit.aborted ? 'The probe took too long.' : problem
      if (signal.aborted) reject(signal.reason)
      else if (found !== null) reject(invalid(found))
      else if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(failureOfProbe(code, killedBy))
    })
  })
}

/** 1 is ffprobe's word for a file it cannot read; a signal is its crash over one. All else is ours: a shim that refuses, say. */
function failureOfProbe(code: number | null, killedBy: NodeJS.Signals | null): JobFailure {
  const cause = new Error(`The probe ended with ${killedBy ?? code}.`)
  return new JobFailure(code === 1 || killedBy !== null ? 'invalid_media' : 'internal_error', { cause })
}

/** SIGKILL at once: a probe has nothing to clean up. Its group may already be gone. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (systemCodeOf(error) !== 'ESRCH') throw error
  }
}
