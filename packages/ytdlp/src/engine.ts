/** yt-dlp in our own words: an address in, a description or a file out, one killable unit per job. */
import type { InfoOptions, VideoInfo } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { type CaptionFile, captionFileOf } from './caption-file.ts'
import { createConsumptionWatch } from './consumption.ts'
import { findDeno } from './deno.ts'
import type { EngineOptions, EngineParts, JobContext } from './engine-options.ts'
import type { PlannedFormat, SandboxInForce } from './event-parts.ts'
import { withTokenClient } from './extractor-arguments/token-client.ts'
import { fingerprinter } from './fingerprint.ts'
import { runJob } from './job.ts'
import type { JobRecord } from './job-record.ts'
import type { JobCookies, JobRequest } from './job-request.ts'
import { type Listing, listingOf } from './listing.ts'
import { type MediaFile, mediaFileOf } from './media-file.ts'
import { nothingToTake } from './nothing-to-take.ts'
import type { MediaFacts } from './options/option-meaning.ts'
import { type OtherFile, otherFilesOf } from './other-files.ts'
import { factsOf } from './planned-facts.ts'
import { keptPlayersOf } from './players/players-of-engine.ts'
import { type ProbeReport, type ProbeRequest, probe } from './probe.ts'
import { type Platform, question } from './question.ts'
import { type SelfCheck, selfCheck } from './self-check.ts'
import { findValue } from './values/find-value.ts'
import { keepValues } from './values/kept-values.ts'
import { videoInfoOf } from './video-info.ts'
import { keepWarm, type WarmEngine } from './warm/warm-engine.ts'

export interface Streams {
  readonly video: boolean | null
  readonly audio: boolean | null
}

export interface DownloadedMedia extends MediaFile {
  readonly title: string | null
  readonly webpageUrl: string | null
  /** As the source announces it. */
  readonly durationSeconds: number | null
  /** Of how many periods of a DASH manifest a stream is put together; 1 for everything else. */
  readonly periods: number
  /** What must be in the file, since it was fetched apart and put together. Null: whatever there is. */
  readonly expects: Streams
  /** What the source says is in it. Null: it does not say. A claim, and manifests are often wrong. */
  readonly announces: Streams
  /** What the source says of the formats. */
  readonly facts: MediaFacts
  /** What came beside it, in the order in which it was asked for. No media. */
  readonly others: readonly OtherFile[]
  /** A part was begun anew while it was downloaded, so whoever followed the growing file must read it again. */
  readonly restarted: boolean
  /** The same for the same video in the same formats, 64 hexadecimal digits. Null: nothing tells it apart. */
  readonly identity: string | null
  /** The address asked for is that of the media itself, whose content may be replaced. */
  readonly direct: boolean
}

export interface InfoRequest {
  readonly url: string
  /** Default: none. */
  readonly options?: InfoOptions
  /** Gets yt-dlp's own record, packed, for a later `download`; not called where there is too much of it. */
  readonly onRecord?: (record: Buffer) => void
  /** The source is asked with these. Not given, or null: without any. */
  readonly cookies?: JobCookies | null
}

export type DownloadRequest = Omit<JobRequest, 'mode' | 'keep' | 'asked' | 'captions'>

export interface CaptionsRequest {
  readonly url: string
  readonly captions: NonNullable<JobRequest['captions']>
  readonly cookies?: JobCookies | null
}
export interface ListRequest {
  readonly url: string
  /** In yt-dlp's words for it; null: all entries. */
  readonly items: string | null
  /** How many entries at most. */
  readonly max: number
  readonly cookies?: JobCookies | null
}

/**
 * Each call rejects with a `JobFailure`, or with the signal's `Stop` once it was aborted, and settles only when every
 * process of the job is gone. It rejects with the `Stop` `folder_busy` where the processes of another attempt still work
 * in the job's folder.
 */
export interface Engine {
  extractInfo(request: InfoRequest, context: JobContext): Promise<VideoInfo>
  /** The address of a single video is a list of one. */
  listEntries(request: ListRequest, context: JobContext): Promise<Listing>
  download(request: DownloadRequest, context: JobContext): Promise<DownloadedMedia>
  /** Fetches captions and no media. Rejects with `no_captions` where there are none, or none of those that were asked for. */
  fetchCaptions(request: CaptionsRequest, context: JobContext): Promise<CaptionFile>
  /**
   * Starts yt-dlp once, as jobs do, and says what holds it. Rejects with `SandboxUnavailable` where it starts outside of its
   * sandbox only and `sandbox.required`. Where that is not required, jobs run without a sandbox from then on, and the log says so.
   * Where it does not start as a user of its own, jobs share the user of this process from then on, and the log says why.
   */
  describe(): Promise<{ version: string; sandbox: SandboxInForce }>
  /** Tries what a job must not be able to do, inside of the sandbox of a job, and returns what came of each attempt. */
  probe(request: ProbeRequest): Promise<ProbeReport>
  /** Tries what jobs need of yt-dlp, in the sandbox of a job; `folder` is an empty one. Asks nobody. */
  selfCheck(folder: string): Promise<SelfCheck>
  /** Changes with everything that changes what `extractInfo` finds: yt-dlp's version, its arguments, our own runner. */
  fingerprint(): string
  listPlatforms(): Promise<Platform[]>
  /**
   * Measures a process group of somebody else's, such as a probe of the finished file, against the limits of a download,
   * until the function that it returns is called. Calls `onOverrun` once at most.
   */
  watch(leader: number, onOverrun: () => void): () => void
  /** Resolves when no player of YouTube and no value of a site is being made ready: for tests and figures. */
  settled(): Promise<void>
  /** Resolves with whether jobs start warm from now on. Jobs that come earlier start cold, and start this as well. */
  warmUp(): Promise<boolean>
  /** How warm it is: for logs, figures and tests. */
  warmth(): ReturnType<WarmEngine['look']> | null
  /** Ends what is kept ready, but no job. Call it when the last job has ended; jobs that come later start cold. */
  close(): Promise<void>
}

/** yt-dlp starts, but not in a complete sandbox. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable'

  constructor(cause: unknown) {
    super(
      `Jobs cannot be kept in their sandbox here (${cause instanceof Error ? cause.message : String(cause)}), so the worker does ` +
        'not start. Use Linux 5.13 or later with Landlock switched on, on x86_64 or aarch64: npm run sandbox -- --probe shows ' +
        'what is missing. To run jobs with less protection instead, set SANDBOX=best-effort and read docs/security.md first.',
      { cause },
    )
  }
}

/** Without `options.warm` nothing runs between calls. */
export function createEngine(options: EngineOptions): Engine {
  const engine: EngineParts = {
    ...options,
    sandbox: options.sandbox ?? null,
    users: options.users ?? null,
    extractorArguments: argumentsGiven(options),
    denoPath: findDeno(options.home),
    keptPlayers: null,
    keptValues: null,
    consumption: createConsumptionWatch(),
  }
  if (options.players && engine.denoPath !== null) engine.keptPlayers = keptPlayersOf(engine, options.players)
  const { values, logger } = options
  if (values)
    engine.keptValues = keepValues({
      find: (name, signal) => findValue(engine, values, name, signal),
      ...(logger && { logger }),
    })
  const warm = options.warm ? keepWarm(engine, options.warm) : null
  return {
    async extractInfo({ url, options: asked = {}, onRecord, cookies = null }, context) {
      const keep = onRecord !== undefined
      const request = { mode: 'info', url, options: {}, asked, keep, cookies } as const
      const { video, extraction } = await runJob(engine, request, context, warm?.start)
      if (video === null) throw new JobFailure('internal_error', { cause: new Error('There was no info event.') })
      const refusal = nothingToTake(video, context.egress.blocked())
      if (refusal !== null) throw refusal
      if (extraction !== null) onRecord?.(Buffer.from(extraction, 'base64'))
      return videoInfoOf(video)
    },

    async listEntries({ url, cookies = null, ...listing }, context) {
      const record = await runJob(engine, { mode: 'info', url, options: {}, listing, cookies }, context, warm?.start)
      return listingOf(url, record, context.egress.blocked())
    },

    async download(request, context) {
      const record = await runJob(engine, { mode: 'download', ...request }, context, warm?.start)
      if (record.path === null) throw new JobFailure('internal_error', { cause: new Error('There was no file event.') })
      const media = await mediaFileOf(record.path, context.folder)
      return { ...media, ...describedMedia(record), others: await otherFilesOf(record.others, context.folder) }
    },

    async fetchCaptions({ url, captions, cookies = null }, context) {
      const record = await runJob(
        engine,
        { mode: 'transcript', url, options: {}, captions, cookies },
        context,
        warm?.start,
      )
      return await captionFileOf(record.captions, context.folder)
    },

    fingerprint: fingerprinter(engine),
    describe: () => describe(engine),
    probe: (request) => probe(engine, request),
    selfCheck: (folder) => selfCheck(engine, folder),
    listPlatforms: async () => [...(await question(engine, { mode: 'platforms' })).platforms],
    watch: (leader, onOverrun) =>
      options.limits ? engine.consumption.watch(leader, options.limits.download, onOverrun) : () => undefined,
    warmUp: async () => (await warm?.ready()) ?? false,
    warmth: () => warm?.look() ?? null,
    settled: async () => void (await Promise.all([engine.keptPlayers?.settled(), engine.keptValues?.settled()])),
    async close() {
      await Promise.all([warm?.close(), engine.keptPlayers?.close(), engine.keptValues?.close()])
    },
  }
}

const argumentsGiven = ({ extractorArguments = () => [], tokenAddress }: EngineOptions): (() => readonly string[]) =>
  tokenAddress === undefined ? extractorArguments : () => withTokenClient(extractorArguments())

const versionOf = (engine: EngineParts) => question(engine, { mode: 'version' })

async function describe(engine: EngineParts): Promise<{ version: string; sandbox: SandboxInForce }> {
  const { sandbox, users } = engine
  try {
    return await versionOf(engine)
  } catch (error) {
    const shared = users && (await versionOf({ ...engine, users: null }).catch(() => null))
    if (shared !== null) {
      engine.users = null
      engine.logger?.warn(
        { reason: error instanceof Error ? error.message.trim() : String(error), python: engine.python },
        'jobs share the user of the worker, which protects them less from each other, since yt-dlp does not start as another user. Where this Python is the reason, set PYTHON to one that all users can read (docs/security.md)',
      )
      return shared
    }
    if (sandbox === null) throw error
    const described = await versionOf({ ...engine, sandbox: null }).catch(() => {
      // Both are missing.
      engine.users = null
      return versionOf({ ...engine, sandbox: null })
    })
    if (sandbox.required) throw new SandboxUnavailable(error)
    engine.sandbox = null
    engine.logger?.warn({ err: error }, 'yt-dlp does not start in its sandbox, so jobs run without one')
    return described
  }
}

function describedMedia({ plan, restarted }: JobRecord): Omit<DownloadedMedia, keyof MediaFile | 'others'> {
  return {
    title: plan?.title ?? null,
    webpageUrl: plan?.webpageUrl ?? null,
    durationSeconds: plan?.duration ?? plan?.seconds ?? null,
    periods: plan?.periods ?? 1,
    expects: partsOf(plan?.formats ?? []),
    announces: {
      video: announced(plan?.formats.map(({ vcodec }) => vcodec) ?? []),
      audio: announced(plan?.formats.map(({ acodec }) => acodec) ?? []),
    },
    facts: factsOf({ formats: plan?.formats ?? [], container: plan?.container ?? null }),
    restarted,
    identity: plan?.identity ?? null,
    direct: plan?.direct ?? false,
  }
}

/** A format that is fetched alone is whatever it is. Of two, each was fetched for what the other one does not have. */
function partsOf(formats: readonly PlannedFormat[]): Streams {
  if (formats.length < 2) return { video: null, audio: null }
  return {
    video: formats.some(({ vcodec }) => vcodec !== 'none'),
    audio: formats.some(({ acodec }) => acodec !== 'none'),
  }
}

/** yt-dlp says `none` where it knows that there is no stream, and nothing where it does not know. */
function announced(codecs: readonly (string | null)[]): boolean | null {
  if (codecs.some((codec) => codec !== null && codec !== 'none')) return true
  return codecs.length > 0 && codecs.every((codec) => codec === 'none') ? false : null
}
