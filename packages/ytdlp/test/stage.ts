/** What the tests of the engine stand on: the real yt-dlp and ffmpeg, the local video site, and the egress proxy. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { JobProgress } from '@video-scraper/contracts'
import { createTargetPolicy, startEgressProxy, type TokenProvider, type UpstreamProxy } from '@video-scraper/egress'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES } from '@video-scraper/sandbox'
import {
  type CertificateAuthority,
  createCertificateAuthority,
  readRuntime,
  startVideoSite,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type JobContext,
  type JobUsers,
  openJobUsers,
  type WarmOptions,
} from '../src/index.ts'
import { isReachedByOthers } from './reached-python.ts'

export interface Stage {
  readonly site: VideoSite
  readonly engine: Engine
  readonly options: EngineOptions
  /** An engine that differs in some options. */
  engineWith(options: Partial<EngineOptions>): Engine
  /** Each job of the engines has a user of its own. Null: whoever runs the tests may not give it one, or Python lies where only they reach it. */
  readonly users: JobUsers | null
  /** An engine of these options alone. */
  engineFrom(options: EngineOptions): Engine
  /** A context with a fresh folder; `seen` collects its progress. */
  job(options?: {
    folder?: string
    signal?: AbortSignal
    maxBytes?: number
    onProgress?: (seen: JobProgress) => void
  }): Promise<JobContext & { seen: JobProgress[] }>
  stop(): Promise<void>
}

/** How the site of a stage is called over HTTPS. Only the resolver of that stage knows the name. */
export const SITE_NAME = 'video.test'

let byDefault: 'http' | 'https' = 'http'

/** Has every stage of this test file serve its site over HTTPS: the suites of `over-https` run the others' tests so. */
export function serveOverHttps(): void {
  byDefault = 'https'
}

/** What the stages of this test file serve their site over. */
export const siteScheme = (): 'http' | 'https' => byDefault

/** As little as there can be: the tests share two cores. */
export const WARM: WarmOptions = { idleChildren: 1, idleSeconds: 60 }

let warmByDefault: WarmOptions | null = process.env.COLD === '1' ? null : WARM

/** Has every stage of this test file start yt-dlp anew for each job: the suites of `cold` run the others' tests so. */
export function startCold(): void {
  warmByDefault = null
}

/**
 * `allow`: further `host:port` pairs beside the video site's. `scheme`: how the site is served; over `https` with a
 * certificate of `authority`, which only this stage's engine trusts. `warm`: how engines keep yt-dlp ready, as they do in
 * production; `null`: not at all, which COLD=1 makes the default.
 */
export async function startStage({
  allow = [],
  scheme = byDefault,
  authority = createCertificateAuthority(),
  warm = warmByDefault,
  python = readRuntime().python,
  wayOut = {},
}: {
  allow?: readonly string[]
  scheme?: 'http' | 'https'
  authority?: CertificateAuthority
  warm?: WarmOptions | null
  /** Another than that of the tests. */
  python?: string
  /** How names are resolved, and the proxy behind the egress proxy. Default: `.test` is this machine, without another proxy. */
  wayOut?: {
    resolve?: (name: string) => Promise<string[]>
    upstream?: UpstreamProxy | null
    tokens?: TokenProvider | null
  }
} = {}): Promise<Stage> {
  const runtime = { ...readRuntime(), python }
  const root = await temporaryFolder()
  const secure = scheme === 'https'
  const site = await startVideoSite(secure ? { tls: { name: SITE_NAME, ...authority.issue({ name: SITE_NAME }) } } : {})
  const authorityFile = join(root.path, 'authority.pem')
  if (secure) await writeFile(authorityFile, authority.cert)
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({
      allow: [new URL(site.origin).host, ...allow],
      resolve: wayOut.resolve ?? resolveForTests,
    }),
    upstream: wayOut.upstream ?? null,
    tokens: wayOut.tokens ?? null,
  })
  const ffmpegLocation = await installFfmpegShim({ directory: join(root.path, 'shim'), ...runtime })
  const options: EngineOptions = {
    python: runtime.python,
    home: runtime.ytdlp,
    ffmpegLocation,
    maxFileBytes: 0,
    stallSeconds: 30,
    workerId: 'worker-of-the-test',
    // Some tests make a home out of links into the real one.
    sandbox: {
      landlock: SANDBOX_MODULES,
      filter: jobFilterIn(ffmpegLocation),
      required: true,
      programs: [runtime.ffmpeg, runtime.ffprobe, runtime.ytdlp],
    },
    ...(secure && { authorityFile }),
    ...(warm && { warm }),
  }
  const users = await usersOfStage(options, root.path)
  const engines: Engine[] = []
  const engineWith = (changed: Partial<EngineOptions>): Engine => engineFrom({ ...options, ...changed })
  const engineFrom = (chosen: EngineOptions): Engine => {
    const engine = createEngine({ ...(users && { users }), ...chosen })
    engines.push(engine)
    return engine
  }
  const engine = engineWith({})
  await engine.warmUp()
  let jobs = 0
  return {
    site,
    options,
    users,
    engine,
    engineWith,
    engineFrom,
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
      users?.close()
      await proxy.close()
      await site.stop()
      await root.remove()
    },
  }
}

/** Not among the options, as some tests hand those to another process. */
async function usersOfStage({ python, home }: EngineOptions, root: string): Promise<JobUsers | null> {
  await chmod(root, 0o711)
  if (![python, home, root].every(isReachedByOthers)) return null
  const lockFolder = join(root, 'job-users')
  const users = await openJobUsers({ python, from: 40_000, lockFolder, modules: SANDBOX_MODULES, reach: [] })
  return typeof users === 'string' ? null : users
}

/** Names that end in `.test` are this machine's, and there are no others: no test asks a name server. */
const resolveForTests = async (name: string): Promise<string[]> => (name.endsWith('.test') ? ['127.0.0.1'] : [])

/** The kinds of streams that ffprobe finds in a file, sorted. */
export async function streamsOf(path: string): Promise<string[]> {
  const flags = ['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, flags)
  const kinds = stdout.split(/\s+/).map((line) => line.replaceAll(',', ''))
  return [...new Set(kinds.filter((kind) => kind !== ''))].sort()
}

/** How long ffprobe says a file is. */
export async function secondsOf(path: string): Promise<number> {
  const flags = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, flags)
  return Number(stdout)
}

/** How many frames of a picture ffprobe can decode. */
export async function framesOf(path: string): Promise<number> {
  const entries = ['-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0']
  const flags = ['-v', 'error', '-select_streams', 'v', ...entries, path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, flags)
  return Number.parseInt(stdout, 10)
}

/** A job whose folder has a file of the site, as a download leaves it. */
export async function jobWithMedia(stage: Stage, source: string, options: Parameters<Stage['job']>[0] = {}) {
  const job = await stage.job(options)
  const path = join(job.folder, `media.0.${source.split('.').at(-1)}`)
  await writeFile(path, Buffer.from(await (await fetch(stage.site.url(source))).arrayBuffer()))
  return { job, path }
}
