/** What tests of updates stand on: an index, a site under three names, and engines for whatever home they are given. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createTargetPolicy, startEgressProxy } from '@video-scraper/egress'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES } from '@video-scraper/sandbox'
import { readRuntime, startVideoSite, temporaryFolder } from '@video-scraper/testkit'
import { createEngine, type Engine, type JobContext } from '@video-scraper/ytdlp'
import { installedVersionsIn } from '../src/updates/installed-versions.ts'
import { findPackageClient } from '../src/updates/package-client.ts'
import { updateStatesIn } from '../src/updates/update-state.ts'
import { createUpdates, type UpdateEvent } from '../src/updates/updates.ts'
import { createVersionedEngine } from '../src/updates/versioned-engine.ts'
import { type MadeVersion, startPackageIndex } from './package-index.ts'

const SITES = ['one.test', 'two.test', 'three.test']

export async function startUpdateRig(versions: readonly MadeVersion[]) {
  const { python, ytdlp: home, ffmpeg, ffprobe } = readRuntime()
  const root = await temporaryFolder()
  const site = await startVideoSite()
  const hosts = SITES.map((name) => `${name}:${site.port}`)
  const policy = createTargetPolicy({ allow: hosts, resolve: async () => ['127.0.0.1'] })
  const proxy = await startEgressProxy({ policy })
  const ffmpegLocation = await installFfmpegShim({ directory: join(root.path, 'shim'), python, ffmpeg, ffprobe })
  const index = await startPackageIndex({ python, home, folder: join(root.path, 'wheels'), versions })
  const folder = join(root.path, 'updates')
  const client = await findPackageClient({
    python,
    home,
    indexUrl: index.url,
    proxyUrl: '',
    authorityFile: '',
    // Of this machine's own settings of pip none may add to the index.
    environment: { PATH: process.env.PATH },
  })
  const installed = installedVersionsIn({ folder, python, client })
  const states = updateStatesIn(folder)
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = []
  const say = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields: { ...fields }, message })
  const log = { info: say('info'), warn: say('warn'), debug: () => undefined }
  const makeEngine = (of: string): Engine =>
    createEngine({
      python,
      home: of,
      ffmpegLocation,
      maxFileBytes: 0,
      stallSeconds: 0,
      workerId: 'worker',
      sandbox: {
        landlock: SANDBOX_MODULES,
        filter: jobFilterIn(ffmpegLocation),
        required: true,
        programs: [ffmpeg, ffprobe],
      },
      warm: { idleChildren: 1, idleSeconds: 60 },
    })
  const pinned = makeEngine(home)
  const { version, sandbox } = await pinned.describe()
  /** Whether a job goes to the trial, where there is one. */
  const choice = { trial: false }
  let clock = Date.now()
  let jobs = 0

  const worker = () => {
    const engine = createVersionedEngine({
      serving: { version, engine: makeEngine(home) },
      log,
      random: () => (choice.trial ? 0 : 0.99),
    })
    const events: UpdateEvent[] = []
    const updates = createUpdates({
      channel: 'stable',
      states,
      installed,
      engine,
      pinned: { version, home },
      sandbox,
      makeEngine,
      ffmpeg,
      log,
      onEvent: (event) => void events.push(event),
      now: () => clock,
    })
    return {
      engine,
      events,
      updates,
      async close() {
        await updates.close()
        await engine.close()
      },
    }
  }

  return {
    index,
    installed,
    states,
    folder,
    lines,
    choice,
    pinnedVersion: version,
    worker,
    site,
    /** Time goes on. */
    later: (ms: number) => {
      clock += ms
    },
    /** An address at one of the three sites. */
    address: (path: string, number = 0) => `http://${hosts[number % hosts.length]}${path}`,
    async job(): Promise<JobContext & { readonly versions: Set<string> }> {
      jobs += 1
      const jobId = `job-${jobs}`
      const own = join(root.path, jobId)
      await mkdir(own, { mode: 0o700 })
      const reported = new Set<string>()
      return {
        jobId,
        folder: own,
        egress: proxy.admit(jobId),
        signal: new AbortController().signal,
        versions: reported,
        onProgress: ({ ytdlpVersion }) => {
          if (ytdlpVersion !== undefined) reported.add(ytdlpVersion)
        },
      }
    },
    async stop() {
      await pinned.close()
      await index.stop().catch(() => undefined)
      await proxy.close()
      await site.stop()
      await root.remove()
    },
  }
}
