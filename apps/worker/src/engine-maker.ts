/** Makes engines for yt-dlp in any folder, all of them bounded, confined and warmed as the settings say. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from '@video-scraper/boot'
import { type Admission, createSafeFetch, TOKEN_ADDRESS } from '@video-scraper/egress'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES } from '@video-scraper/sandbox'
import { createEngine, type Engine } from '@video-scraper/ytdlp'
import type { WorkerSettings } from './config.ts'
import { PLAYER_SENT_BYTES_MAX, PLAYER_TIMEOUT_MS, playerFetcher } from './fetch-player.ts'
import type { Network } from './open-network.ts'
import { usersForJobs } from './users-for-jobs.ts'

interface Surroundings {
  settings: WorkerSettings
  network: Network
  workerId: string
  logger: Logger
  /** A way to sites for what engines find on their own. Asked for only when jobs run. */
  admit: (name: string) => Admission
  /** What the operator tells extractors now; left out: nothing. */
  extractorArguments?: () => readonly string[]
}

export interface EngineMaker {
  /** An engine for the yt-dlp that is installed there. */
  make(home: string): Engine
  /** The folder of the ffmpeg and ffprobe that jobs run. */
  ffmpegLocation: string
  /** Gives the users of the jobs back. For when all engines are closed. */
  close(): void
}

export async function createEngineMaker(surroundings: Surroundings): Promise<EngineMaker> {
  const { settings, network, workerId, logger, admit, extractorArguments } = surroundings
  const { PYTHON: python, FFMPEG: ffmpeg, FFPROBE: ffprobe, JOB_MEMORY_BYTES: memoryBytes } = settings
  const ffmpegLocation = await installFfmpegShim({
    directory: join(settings.DATA_DIR, 'ffmpeg', fingerprintOf([python, ffmpeg, ffprobe])),
    python,
    ffmpeg,
    ffprobe,
  })
  const users = await usersForJobs({ dataDir: settings.DATA_DIR, python, from: settings.JOB_USERS_FROM, logger })
  const fetchPlayer = playerFetcher(
    createSafeFetch({ ...network.way, timeoutMs: PLAYER_TIMEOUT_MS, maxBytes: PLAYER_SENT_BYTES_MAX }),
  )
  const make = (home: string): Engine =>
    createEngine({
      players: { folder: join(settings.DATA_DIR, 'players'), fetch: fetchPlayer },
      values: { admit, folder: join(settings.DATA_DIR, 'values') },
      ...(users && { users }),
      python,
      home,
      ffmpegLocation,
      maxFileBytes: settings.MAX_FILE_BYTES,
      stallSeconds: settings.STALL_SECONDS,
      limits: {
        info: { cpuSeconds: settings.INFO_CPU_SECONDS, memoryBytes },
        download: { cpuSeconds: settings.JOB_CPU_SECONDS, memoryBytes },
        transcode: { cpuSeconds: settings.TRANSCODE_CPU_SECONDS, memoryBytes },
      },
      workerId,
      logger,
      ...(network.certificateAuthorities && { authorityFile: settings.EGRESS_CA_FILE }),
      legacyTls: settings.EGRESS_LEGACY_TLS,
      ...(extractorArguments && { extractorArguments }),
      ...(network.tokens && { tokenAddress: TOKEN_ADDRESS }),
      sandbox: {
        landlock: SANDBOX_MODULES,
        filter: jobFilterIn(ffmpegLocation),
        required: settings.SANDBOX === 'required',
        programs: [ffmpeg, ffprobe],
      },
      ...(settings.WORKER_WARM && {
        warm: { idleChildren: settings.WORKER_WARM_CHILDREN, idleSeconds: settings.WORKER_WARM_IDLE_SECONDS },
      }),
    })
  return { make, ffmpegLocation, close: () => users?.close() }
}

/** Workers with other programs may share the folder, and the shim holds the paths of these. */
const fingerprintOf = (paths: string[]): string =>
  createHash('sha256').update(paths.join('\0')).digest('hex').slice(0, 12)
