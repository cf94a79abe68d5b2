/** One job from start to end: starts it, listens to it, watches it, and says how it ended. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DownloadOptions,
  ENTRIES_DEFAULT,
  type InfoOptions,
  type TranscriptOptions,
  type WarningCode,
} from '@video-scraper/contracts'
import { failureOf, JobFailure, Stop, type StopReason, stopReasonOf } from '@video-scraper/core'
import { argumentsOf, type Mode } from './argv.ts'
import { commonRequestsForRunner } from './common-requests.ts'
import type { ConsumptionLimits, Overrun } from './consumption.ts'
import type { EngineParts, JobContext } from './engine-options.ts'
import { environmentOf } from './environment.ts'
import { type Fields, parseEvent, type YtdlpEvent } from './events.ts'
import { failureFrom } from './failures.ts'
import { handOver } from './hand-over.ts'
import type { JobUser } from './job-users/job-users.ts'
import { noteEntries } from './listing.ts'
import { assess, besideOf, preferencesOf } from './options/table.ts'
import { type NamedFile, OTHER_FILES_MAX } from './other-files.ts'
import { namesIn, withoutAddresses } from './own-words.ts'
import { factsOf } from './planned-facts.ts'
import { watchSize } from './planned-size.ts'
import { advance, initialProgress } from './progress.ts'
import { requestIdentity } from './request-identity.ts'
import { type Run, type RunEnd, runYtdlp } from './run.ts'
import { portOf, sandboxSettings } from './sandbox-settings.ts'
import { watchForStall } from './stall-watch.ts'
import { saysSabrOnly, severalIn, warningOf, warningsIn } from './warnings.ts'

/** Extracting and merging may be silent for minutes, and somebody wants to know that they go on. */
const HEARTBEAT_MS = 5_000

/** An info job writes its lease, and the scripts and caches of a JavaScript runtime: some megabytes. */
const INFO_FILE_BYTES_MAX = 32 * 2 ** 20
const INFO_FOLDER_BYTES_MAX = 128 * 2 ** 20

/**
 * Of the limit of processor time: an info job that has used so much when its time is over was ended by what it costs, and
 * by the clock only because others used the processor too. An honest one uses a tenth of the default.
 */
const COSTLY_PART = 1 / 4

/** A job that was taken over may say anything, and clients read it. */
const VERSION = /^[\w.-]{1,40}$/

const UNLIMITED: ConsumptionLimits = { cpuSeconds: 0, memoryBytes: 0 }

export interface JobRequest {
  readonly mode: Mode
  readonly url: string
  /** Empty: the best there is. */
  readonly options: DownloadOptions
  /** What an info job is asked for. */
  readonly asked?: InfoOptions
  /** Which captions are wanted, in the words of the request. */
  readonly captions?: Pick<TranscriptOptions, 'language' | 'source'>
  /** Which entries of a list an info job is asked for, in place of its first video. */
  readonly listing?: { readonly items: string | null; readonly max: number }
  /** Tell yt-dlp's own record as well. */
  readonly keep?: boolean
  /** The source is asked with these. Not given, or null: without any. */
  readonly cookies?: JobCookies | null
  /** The record of an info job for the same address and `fingerprint`; never a client's. Used once per job folder. */
  readonly extraction?: Buffer | null
  /** The record led to nothing, most often because its addresses have expired; the source is asked again. */
  readonly onStale?: () => void
  /** Hears what is about to be downloaded, before the first byte. */
  readonly onIdentity?: (identity: string) => void
}

/** What `python/cookies.py` is reported. */
export interface JobCookies {
  /** The registrable domain, or the address, that they are for. */
  readonly site: string
  /** Absolute, in the job's folder: where what the site changes is written, from the first change on. */
  readonly file: string
  /** In the form of `packages/cookies/src/cookie.ts`. */
  readonly cookies: readonly object[]
}

type Plan = Extract<YtdlpEvent, { event: 'plan' }>
export type NamedCaptions = Extract<YtdlpEvent, { event: 'captions' }>

/** What a job said while it ran. */
export interface JobRecord {
  video: Fields | null
  /** Base64. */
  extraction: string | null
  plan: Plan | null
  path: string | null
  captions: NamedCaptions | null
  readonly others: NamedFile[]
  /** Of a list, where some were asked for. */
  readonly entries: Fields[]
  error: Extract<YtdlpEvent, { event: 'error' }> | null
  busy: boolean
  restarted: boolean
  sabrOnly: boolean
  readonly warnings: Set<WarningCode>
}

/** Resolves with what the job said when it ended well; rejects as `Engine` promises. */
export async function runJob(
  engine: EngineParts,
  request: JobRequest,
  context: JobContext,
  startWarm?: Run['startWarm'],
): Promise<JobRecord> {
  const user = engine.users?.take() ?? null
  try {
    return await runAs(user, engine, request, context, startWarm)
  } finally {
    await user?.release(context.folder)
  }
}

/** `user`: null for that of the worker. */
async function runAs(
  user: JobUser | null,
  engine: EngineParts,
  request: JobRequest,
  context: JobContext,
  startWarm?: Run['startWarm'],
): Promise<JobRecord> {
  const overdone = new AbortController()
  let ended: 'stalled' | 'option_unavailable' | Overrun | null = null
  let cpuSeconds = 0
  const end = (reason: NonNullable<typeof ended>): void => {
    ended ??= reason
    overdone.abort(new Stop(ended))
  }
  const meetPlayer = onlyFirst((address) => engine.keptPlayers?.met(address))
  const watch = watchForStall(engine.stallSeconds * 1000, () => end('stalled'))
  const record: JobRecord = {
    video: null,
    extraction: null,
    plan: null,
    path: null,
    captions: null,
    others: [],
    entries: [],
    error: null,
    busy: false,
    restarted: false,
    sabrOnly: false,
    warnings: new Set(),
  }
  const listen = listener(request, record, { context, refuse: () => end('option_unavailable') })
  const { mode, url, options, keep = false, cookies = null } = request
  const { folder, egress, signal } = context
  const limits = limitsOf(engine, mode)
  const { watchedFolder, maxWrittenBytes } = diskBounds(mode, folder, engine.maxFileBytes)
  const { ffmpegLocation, denoPath, python, logger } = engine
  try {
    signal.throwIfAborted()
    await mkdir(join(folder, 'tmp'), { recursive: true, mode: 0o700 })
    const extraction = await handOver(request.extraction ?? null, folder)
    await user?.own(folder)
    const run = await runYtdlp({
      ...(startWarm && { startWarm }),
      python,
      url,
      argv: argumentsOf({
        mode,
        folder,
        proxyUrl: egress.proxyUrl,
        ffmpegLocation,
        denoPath,
        options,
        extractorArguments: engine.extractorArguments(),
      }),
      settings: {
        ...settingsOf(engine, mode, context),
        maxFileBytes: lowest(engine.maxFileBytes, options.max_filesize),
        maxWrittenBytes,
        memoryBytes: limits.memoryBytes,
        keep,
        ...infoSettings(request),
        preferences: preferencesOf(options),
        beside: besideOf(options),
        ...(extraction && { extraction }),
        cookies,
        ...(user && { user: user.settings }),
      },
      cwd: folder,
      env: environmentOf(folder, ffmpegLocation, limits),
      signal: AbortSignal.any([signal, overdone.signal]),
      onStart(leader) {
        const unwatch = engine.consumption.watch(leader, limits, end, watchedFolder)
        const beating = setInterval(listen.beat, HEARTBEAT_MS)
        return () => {
          clearInterval(beating)
          cpuSeconds = engine.consumption.cpuSecondsOf(leader)
          unwatch()
        }
      },
      onLine(line) {
        const event = parseEvent(line)
        if (event === null) return
        if (event.event === 'plan') watch.waits(event.waitSeconds * 1000)
        if (event.event === 'progress') watch.moved()
        if (event.event === 'player') meetPlayer(event.address)
        if (event.event === 'postprocess' || event.event === 'file') watch.rest()
        listen.hear(event)
      },
    })
    if (run.diagnostics)
      logger?.debug({ jobId: context.jobId, diagnostics: withoutAddresses(run.diagnostics) }, 'yt-dlp wrote')
    signal.throwIfAborted()
    if (ended !== null) throw new JobFailure(ended)
    if (run.exitCode !== 0) throw failureAt(run, record, request, context)
    if (egress.blocked()) listen.warn('target_blocked')
    return record
  } catch (error) {
    if (signal.aborted) throw stoppedAt(stopReasonOf(signal), mode, cpuSeconds / limits.cpuSeconds)
    throw error instanceof Stop ? error : failureOf(error)
  } finally {
    watch.rest()
  }
}

/** A job that fetches no media is bounded as an info job is. */
const limitsOf = ({ limits }: EngineParts, mode: Mode): ConsumptionLimits =>
  limits?.[mode === 'download' ? 'download' : 'info'] ?? UNLIMITED

/** What the runner is notified of the engine and of the job's place. */
function settingsOf(engine: EngineParts, mode: JobRequest['mode'], { folder, egress, space }: JobContext) {
  const { home, workerId, authorityFile, legacyTls = false, keptPlayers, tokenAddress } = engine
  return {
    mode,
    home,
    folder,
    workerId,
    ...(authorityFile !== undefined && { authorityFile }),
    legacyTls,
    ...(tokenAddress !== undefined && { tokenAddress }),
    ...(keptPlayers && { players: keptPlayers.ofJob() }),
    ...sandboxSettings(engine, [portOf(egress.proxyUrl)]),
    ...limited(space),
  }
}

/** What the runner of a job without media is given beside that. */
function infoSettings({ mode, asked = {}, listing, captions }: JobRequest) {
  if (mode === 'transcript') return { captions: captions ?? {} }
  if (mode !== 'info') return {}
  const { media_urls: mediaUrls = false, entries } = asked
  return {
    commonRequests: commonRequestsForRunner,
    mediaUrls,
    ...(listing && { entries: listing }),
    ...(entries && { entries: { from: entries.from ?? 1, count: entries.count ?? ENTRIES_DEFAULT } }),
  }
}

/** What a download writes is watched against the space that it was given. No file, a clip neither, is larger than the service allows. */
const diskBounds = (mode: Mode, folder: string, ofService: number) =>
  mode !== 'download'
    ? { watchedFolder: { path: folder, bytesMax: INFO_FOLDER_BYTES_MAX }, maxWrittenBytes: INFO_FILE_BYTES_MAX }
    : { watchedFolder: undefined, maxWrittenBytes: ofService }

/** `usedPart`: of the limit of processor time; infinite or no number where there is none. */
function stoppedAt(reason: StopReason, mode: Mode, usedPart: number): Error {
  const costly = mode !== 'download' && Number.isFinite(usedPart) && usedPart >= COSTLY_PART
  return reason === 'timeout' && costly ? new JobFailure('cpu_limit_exceeded') : new Stop(reason)
}

interface Listener {
  hear(event: YtdlpEvent): void
  /** The processes are there, though they say nothing. */
  beat(): void
  warn(code: WarningCode): void
}

/** Remembers what matters at the end, and passes on what matters now. Every event is a heartbeat. */
function listener(
  request: JobRequest,
  record: JobRecord,
  { context, refuse }: { context: JobContext; refuse: () => void },
): Listener {
  let progress = initialProgress
  const names = namesIn(request.url)
  const watchedSize = watchSize((size) => context.onSize?.(size))
  const { warnings } = record
  let version: string | null = null
  const tell = (): void =>
    context.onProgress({
      ...progress.shown,
      heartbeatAt: Date.now(),
      ...(version !== null && { ytdlpVersion: version }),
      ...(warnings.size > 0 && { warnings: [...warnings] }),
    })
  const hear = (event: YtdlpEvent): void => {
    if (event.event === 'started' && VERSION.test(event.version)) version = event.version
    remember(record, event)
    watchedSize(event)
    noteOthers(record, event)
    for (const code of warningsOf(event, names, request.options)) warnings.add(code)
    listenForReuse(request, record, event)
    progress = advance(progress, event, request.mode)
    tell()
    // What is warned of so far is part of what is distinguished, so it is notified first.
    if (event.event === 'plan') decide(request, event, refuse)
  }
  return {
    hear,
    beat: tell,
    warn(code) {
      warnings.add(code)
      tell()
    },
  }
}

function remember(record: JobRecord, event: YtdlpEvent): void {
  if (event.event === 'info') record.video = event.video
  if (event.event === 'entries') noteEntries(record.entries, event.entries)
  if (event.event === 'plan') record.plan = event
  if (event.event === 'file') record.path = event.path
  if (event.event === 'captions') record.captions = event
  if (event.event === 'error') record.error = event
  if (event.event === 'busy') record.busy = true
  if (event.event === 'progress' && event.restarted) record.restarted = true
  if (event.event === 'warning' && saysSabrOnly(event.message)) record.sabrOnly = true
}

function warningsOf(event: YtdlpEvent, names: readonly string[], options: DownloadOptions): readonly WarningCode[] {
  if (event.event === 'info') return warningsIn(event.video)
  if (event.event === 'plan') {
    const several: readonly WarningCode[] = severalIn(event.playlistCount) ? ['more_videos'] : []
    return [...several, ...assess(options, factsOf(event)).warnings]
  }
  const code = event.event === 'warning' ? warningOf(event.message, names) : null
  return code === null ? [] : [code]
}

/** Refuses a plan that is not strictly what was asked for; else tells what it leads to. */
function decide({ options, onIdentity }: JobRequest, plan: Plan, refuse: () => void): void {
  const facts = factsOf(plan)
  if (options.strict === true && assess(options, facts).warnings.length > 0) refuse()
  else if (plan.identity !== null) onIdentity?.(requestIdentity(plan.identity, options, facts))
}

function noteOthers(record: JobRecord, event: YtdlpEvent): void {
  if (event.event === 'beside' && record.others.length < OTHER_FILES_MAX) record.others.push(event)
}

/** What matters to those who would rather not look twice. */
function listenForReuse({ onStale }: JobRequest, record: JobRecord, event: YtdlpEvent): void {
  if (event.event === 'extraction') record.extraction = event.record
  if (event.event === 'stale') onStale?.()
}

function failureAt(
  end: RunEnd,
  record: JobRecord,
  { options, url, cookies = null }: JobRequest,
  { egress }: JobContext,
): JobFailure | Stop {
  // No failure of the job: its earlier worker is frozen, or has not noticed yet that the job is no longer its own.
  if (record.busy) return new Stop('folder_busy')
  if (record.error === null) {
    const cause = Object.assign(new Error('yt-dlp ended without a word.'), end)
    return new JobFailure('internal_error', { cause })
  }
  return failureFrom({
    message: record.error.message,
    chain: record.error.chain,
    address: url,
    formatRequested: options.format_id !== undefined,
    blocked: egress.blocked(),
    exceeded: egress.exceeded(),
    sabrOnly: record.sabrOnly,
    impersonationMissing: record.warnings.has('impersonation_missing'),
    ...(cookies && { cookies: record.warnings.has('cookies_expired') ? 'refused' : 'given' }),
    nowMs: Date.now(),
  })
}

/** An honest job meets one player. One that was taken over would use up the attempts of all. */
function onlyFirst(hear: (address: string) => void): (address: string) => void {
  let isHeard = false
  return (address) => {
    if (isHeard) return
    isHeard = true
    hear(address)
  }
}

/** 0 stands for no limit of the service. */
const lowest = (ofService: number, asked: number | undefined): number =>
  asked === undefined ? ofService : ofService === 0 ? asked : Math.min(ofService, asked)

/** JSON has no word for infinity, and the runner takes a missing limit for none. */
function limited({ diskBytes, ownerBytes }: NonNullable<JobContext['space']> = ANY_SPACE): Record<string, number> {
  return {
    ...(Number.isFinite(diskBytes) && { diskFreeBytes: diskBytes }),
    ...(Number.isFinite(ownerBytes) && { ownerFreeBytes: ownerBytes }),
  }
}

const ANY_SPACE = { diskBytes: Number.POSITIVE_INFINITY, ownerBytes: Number.POSITIVE_INFINITY }
