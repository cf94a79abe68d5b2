/** What the engine is given: once when it is made, and again with each job. */
import type { JobProgress } from '@video-scraper/contracts'
import type { ConsumptionLimits, ConsumptionWatch } from '@video-scraper/sandbox'
import type { SandboxInForce } from './event-parts.ts'
import type { JobUsers } from './job-users/job-users.ts'
import type { PlannedSize } from './planned-size.ts'
import type { KeptPlayers } from './players/kept-players.ts'
import type { KeptValues } from './values/kept-values.ts'

export interface EngineOptions {
  /** The interpreter's real path. */
  readonly python: string
  /** The folder that holds the `yt_dlp` package. */
  readonly home: string
  /** The folder of the ffmpeg shim. */
  readonly ffmpegLocation: string
  /** Of the media, and of every file that a job writes. 0: no limit. */
  readonly maxFileBytes: number
  /** How long a download may send nothing. 0: for ever. */
  readonly stallSeconds: number
  /**
   * Bounds of one attempt that fetches media (`download`), of one file that is encoded again (`transcode`; not given: none),
   * and of everything else (`info`). Default: none.
   */
  readonly limits?: Readonly<Record<'info' | 'download', ConsumptionLimits>> & {
    readonly transcode?: ConsumptionLimits
  }
  readonly workerId: string
  /** Gets what yt-dlp wrote to standard error. May hold text of the source, so never anything for a client. */
  readonly logger?: { debug(fields: object, message: string): void; warn(fields: object, message: string): void }
  /**
   * Absolute path of a file of certificates (PEM), whose authorities are trusted beside the public ones. Jobs can read it.
   * Not given: the public ones alone.
   */
  readonly authorityFile?: string
  /** Takes servers that speak TLS 1.0 or 1.1, have short keys, or renegotiate as before RFC 5746. Default: false. */
  readonly legacyTls?: boolean
  /** Words for yt-dlp's command line, asked for with each job (`openArgumentsFile`). Not given: none. */
  readonly extractorArguments?: () => readonly string[]
  /** Where jobs ask for PO tokens (`TOKEN_ADDRESS` of the egress package). Not given: nowhere. */
  readonly tokenAddress?: string
  /** Shuts jobs in, where the kernel can. Not given: they may touch whatever their user may. */
  readonly sandbox?: SandboxOptions
  /** Gives each job a user of its own (`openJobUsers`). Not given: jobs share the user of this process. */
  readonly users?: JobUsers
  /** Keeps players of YouTube prepared. Not given: every job that needs one solves from its source. */
  readonly players?: PlayersOptions
  /** Keeps values that sites give to every visitor (`values/value-kinds.ts`). Not given: every job finds them by itself. */
  readonly values?: ValuesOptions
  /** Keeps yt-dlp ready between jobs. Not given: every job starts cold. */
  readonly warm?: WarmOptions
}

/** What `python/sandbox.py` needs to know beside what it finds out itself. */
export interface SandboxOptions {
  /** The folder that holds `landlock.py`, `seccomp.py` and `capabilities.py` (`SANDBOX_MODULES` of the sandbox package). */
  readonly landlock: string
  /** The filter of system calls (`jobFilterIn` of the sandbox package); null where there is none for this processor. */
  readonly filter: string | null
  /** A job whose sandbox is not complete fails. Otherwise it runs with as much of it as there is. */
  readonly required: boolean
  /** Only these, for a probe. Default: all. */
  readonly layers?: readonly (keyof SandboxInForce)[]
  /** What the ffmpeg shim starts. Its own folder is always reached. */
  readonly programs: readonly string[]
}

export interface PlayersOptions {
  /** Where they lie. Made where it is missing; jobs' users must be able to go through the folders above it. */
  readonly folder: string
  /** Resolves with what lies at the address of a player's source, which is one of YouTube's own. Bounded in bytes and time. */
  readonly fetch: (address: string, signal: AbortSignal) => Promise<Buffer>
}

export interface ValuesOptions {
  /** Where such a process gets a folder; made where it is missing. Jobs' users may go through it. */
  readonly folder: string
  /** A way to sites for a process of the engine's own, under this name. It is revoked when the process has ended. */
  readonly admit: (name: string) => JobContext['egress'] & { revoke(): void }
}

export interface WarmOptions {
  /** How many processes wait for a job. 0: each is forked when its job comes. */
  readonly idleChildren: number
  /** How long each of them waits before it gives its memory back. */
  readonly idleSeconds: number
  /** After how many jobs the zygote is replaced. Default 1000. */
  readonly jobsMax?: number
  /** After how many milliseconds it is. Default 6 hours. */
  readonly ageMaxMs?: number
  /** How long it may take to get ready, in milliseconds. Default 60 s; jobs start cold meanwhile. */
  readonly readyWithinMs?: number
  /** The first pause before a start that follows a failure, in milliseconds; it doubles each time. Default 500. */
  readonly backoffMs?: number
}

/** The options with what was found out from them. */
export interface EngineParts extends Omit<EngineOptions, 'sandbox' | 'users'> {
  readonly extractorArguments: () => readonly string[]
  /** Null: none was asked for, or yt-dlp does not start in it. */
  sandbox: SandboxOptions | null
  /** Null: none were given, or yt-dlp does not start with one of them. */
  users: JobUsers | null
  /** Null: there is no JavaScript runtime, which YouTube needs. */
  readonly denoPath: string | null
  /** Null: none are kept. */
  keptPlayers: KeptPlayers | null
  /** Null: none are kept. */
  keptValues: KeptValues | null
  /** Looks at all of its jobs at once. */
  readonly consumption: ConsumptionWatch
}

export interface JobContext {
  readonly jobId: string
  /** The job's own folder. Exists, 0700; what an earlier attempt left in it is continued. */
  readonly folder: string
  readonly egress: { readonly proxyUrl: string; blocked(): boolean; exceeded(): boolean }
  readonly signal: AbortSignal
  readonly onProgress: (progress: JobProgress) => void
  /** What a download may take; one whose plan needs more is refused before it fetches. Infinity, or not given: no limit. */
  readonly space?: { readonly diskBytes: number; readonly ownerBytes: number }
  /** Called when it is planned what to download, and again when more is known of its size. */
  readonly onSize?: (size: PlannedSize) => void
}
