/** One job from start to end: starts it, listens to it, watches it, and says how it ended. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failureOf, JobFailure, Stop, stopReasonOf } from '@video-scraper/core'
import type { Overrun } from '@video-scraper/sandbox'
import { argumentsOf } from './argv.ts'
import type { EngineParts, JobContext } from './engine-options.ts'
import { environmentOf } from './environment.ts'
import { parseEvent } from './events.ts'
import { failureFrom } from './failures.ts'
import { handOver } from './hand-over.ts'
import { diskBounds, limitsOf, limitsOfFfmpeg, lowest, stoppedAt } from './job-bounds.ts'
import { listener } from './job-listener.ts'
import { emptyRecord, type JobRecord } from './job-record.ts'
import type { JobRequest } from './job-request.ts'
import type { JobUser } from './job-users/job-users.ts'
import { keptForJob } from './kept-for-job.ts'
import { besideOf, preferencesOf } from './options/table.ts'
import { withoutAddresses } from './own-words.ts'
import { type Run, type RunEnd, runYtdlp } from './run.ts'
import { settingsOf, settingsOfRequest } from './runner-settings.ts'
import { watchForStall } from './stall-watch.ts'

/** Extracting and merging may be silent for minutes, and somebody wants to know that they go on. */
const HEARTBEAT_MS = 5_000

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
  const kept = keptForJob(engine, request)
  const watch = watchForStall(engine.stallSeconds * 1000, () => end('stalled'))
  const record = emptyRecord()
  const listen = listener(request, record, { context, refuse: () => end('option_unavailable') })
  const { mode, url, options, keep = false, cookies = null } = request
  const { folder, egress, signal } = context
  const limits = limitsOf(engine, mode)
  const ofMedia = lowest(engine.maxFileBytes, options.max_filesize)
  const { watchedFolder, maxWrittenBytes } = diskBounds(mode, folder, { ofService: engine.maxFileBytes, ofMedia })
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
        maxFileBytes: ofMedia,
        maxWrittenBytes,
        memoryBytes: limits.memoryBytes,
        keep,
        ...settingsOfRequest(request),
        preferences: preferencesOf(options),
        beside: besideOf(options),
        ...(extraction && { extraction }),
        ...kept.settings,
        cookies,
        ...(user && { user: user.settings }),
      },
      cwd: folder,
      env: environmentOf(folder, ffmpegLocation, limitsOfFfmpeg(limits, mode)),
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
        if (event.event === 'postprocess' || event.event === 'file') watch.rest()
        kept.hear(event)
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
