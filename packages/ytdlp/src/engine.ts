/** yt-dlp in our own words: an address in, a description or a file out, one killable unit per job. */
import type { VideoInfo } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { createConsumptionWatch } from '@video-scraper/sandbox'
import { type CaptionFile, captionFileOf } from './caption-file.ts'
import { findDeno } from './deno.ts'
import { describe } from './describe-engine.ts'
import { type DownloadedMedia, describedMedia } from './downloaded-media.ts'
import type { EngineOptions, EngineParts, JobContext } from './engine-options.ts'
import type { CaptionsRequest, DownloadRequest, InfoRequest, ListRequest, TranscodeRequest } from './engine-requests.ts'
import type { SandboxInForce } from './event-parts.ts'
import { withTokenClient } from './extractor-arguments/token-client.ts'
import { fingerprinter } from './fingerprint.ts'
import { runJob } from './job.ts'
import { type Listing, listingOf } from './listing.ts'
import { type MediaFile, mediaFileOf } from './media-file.ts'
import { nothingToTake } from './nothing-to-take.ts'
import { otherFilesOf } from './other-files.ts'
import { keptPlayersOf } from './players/players-of-engine.ts'
import { type ProbeReport, type ProbeRequest, probe } from './probe.ts'
import { type Platform, question } from './question.ts'
import { type SelfCheck, selfCheck } from './self-check.ts'
import { NO_ADDRESS } from './spawn-python.ts'
import { findValue } from './values/find-value.ts'
import { keepValues } from './values/kept-values.ts'
import { videoInfoOf } from './video-info.ts'
import { keepWarm, type WarmEngine } from './warm/warm-engine.ts'

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
  /**
   * Makes an mp4 of a file that was fetched, which stays. Asks nobody. Rejects with `cpu_limit_exceeded`, `memory_limit_exceeded` or
   * `file_too_large` where a bound was hit, and with `postprocessing_failed` where ffmpeg failed.
   */
  transcode(request: TranscodeRequest, context: JobContext): Promise<MediaFile>
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

    async transcode({ bytesMax, ...transcode }, context) {
      const options = bytesMax === undefined ? {} : { max_filesize: bytesMax }
      const request = { mode: 'transcode', url: NO_ADDRESS, options, transcode } as const
      const { path } = await runJob(engine, request, context, warm?.start)
      if (path === null) throw new JobFailure('internal_error', { cause: new Error('There was no file event.') })
      return await mediaFileOf(path, context.folder)
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
