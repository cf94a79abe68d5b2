/** What the tests of the engine stand on: the real yt-dlp and ffmpeg, the local video site, and the egress proxy. */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { JobProgress } from '@video-scraper/contracts'
import { createJudge, installFfmpegShim, jobFilterIn, LANDLOCK_FOLDER, startEgressProxy } from '@video-scraper/egress'
import { readRuntime, startVideoSite, temporaryFolder, type VideoSite } from '@video-scraper/testkit'
import { createEngine, type Engine, type EngineOptions, type JobContext, type WarmOptions } from '../src/index.ts'

export interface Stage {
  readonly site: VideoSite
  readonly engine: Engine
  readonly options: EngineOptions
  /** An engine that differs in some options. */
  engineWith(options: Partial<EngineOptions>): Engine
  /** A context with a fresh folder; `seen` collects its progress. */
  job(options?: {
    folder?: string
    signal?: AbortSignal
    maxBytes?: number
    onProgress?: (seen: JobProgress) => void
  }): Promise<JobContext & { seen: JobProgress[] }>
  stop(): Promise<void>
}

/** As little as there can be: the tests share two cores. */
export const WARM: WarmOptions = { idleChildren: 1, idleSeconds: 60 }

/**
 * `allow`: further `host:port` pairs beside the video site's. `warm`: how engines keep yt-dlp ready; `null`: not at all,
 * which is also the default, unless WARM=1 runs the whole suite warm.
 */
export async function startStage({
  allow = [],
  warm = process.env.WARM === '1' ? WARM : null,
}: {
  allow?: readonly string[]
  warm?: WarmOptions | null
} = {}): Promise<Stage> {
  const runtime = readRuntime()
  const root = await temporaryFolder()
  const site = await startVideoSite()
  const proxy = await startEgressProxy({ judge: createJudge({ allow: [`127.0.0.1:${site.port}`, ...allow] }) })
  const ffmpegLocation = await installFfmpegShim({ directory: join(root.path, 'shim'), ...runtime })
  const options: EngineOptions = {
    python: runtime.python,
    home: runtime.ytdlp,
    ffmpegLocation,
    maxFileBytes: 0,
    stallSeconds: 30,
    workerId: 'worker-of-the-test',
    // Some tests make a home out of links into the real one.
    cage: {
      landlock: LANDLOCK_FOLDER,
      filter: jobFilterIn(ffmpegLocation),
      required: true,
      programs: [runtime.ffmpeg, runtime.ffprobe, runtime.ytdlp],
    },
    ...(warm && { warm }),
  }
  const engines: Engine[] = []
  const engineWith = (changed: Partial<EngineOptions>): Engine => {
    const engine = createEngine({ ...options, ...changed })
    engines.push(engine)
    return engine
  }
  const engine = engineWith({})
  await engine.warmUp()
  let jobs = 0
  return {
    site,
    options,
    engine,
    engineWith,
    async job({ folder, signal = new AbortController().signal, maxBytes, onProgress } = {}) {
      jobs += 1
      const jobId = `job-${jobs}`
      const own = folder ?? join(root.path, jobId)
      await mkdir(own, { recursive: true, mode: 0o700 })
      const seen: JobProgress[] = []
      return {
        jobId,
        folder: own,
        egress: proxy.admit(jobId, maxBytes === undefined ? {} : { maxBytes }),
        signal,
        seen,
        onProgress: (progress) => {
          seen.push(progress)
          onProgress?.(progress)
        },
      }
    },
    async stop() {
      await Promise.all(engines.map((each) => each.close()))
      await proxy.close()
      await site.stop()
      await root.remove()
    },
  }
}

/** The kinds of streams that ffprobe finds in a file, sorted. */
export async function streamsOf(path: string): Promise<string[]> {
  const flags = ['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, flags)
  const kinds = stdout.split(/\s+/).map((line) => line.replaceAll(',', ''))
  return [...new Set(kinds.filter((kind) => kind !== ''))].sort()
}
