/** One job from start to end: starts it, listens to it, watches it, and says how it ended. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failureOf, JobFailure, Stop, stopReasonOf } from '@video-scraper/core'
import { argumentsOf, type Mode } from './argv.ts'
import type { EngineParts, JobContext } from './engine-options.ts'
import { environmentOf } from './environment.ts'
import { type Fields, parseEvent, type YtdlpEvent } from './events.ts'
import { failureFrom, withoutAddresses } from './failures.ts'
import { advance, initialProgress } from './progress.ts'
import { type Run, type RunEnd, runYtdlp } from './run.ts'
import { watchForStall } from './stall-watch.ts'

export interface JobRequest {
  readonly mode: Mode
  readonly url: string
  readonly formatId: string | null
}

/** What a job said while it ran. */
export interface JobRecord {
  video: Fields | null
  plan: Extract<YtdlpEvent, { event: 'plan' }> | null
  path: string | null
  error: Extract<YtdlpEvent, { event: 'error' }> | null
  busy: boolean
  restarted: boolean
}

/** Resolves with what the job said when it ended well; rejects as `Engine` promises. */
export async function runJob(
  engine: EngineParts,
  request: JobRequest,
  context: JobContext,
  startWarm?: Run['startWarm'],
): Promise<JobRecord> {
  const stalled = new AbortController()
  const watch = watchForStall(engine.stallSeconds * 1000, () => stalled.abort(new Stop('stalled')))
  const record: JobRecord = { video: null, plan: null, path: null, error: null, busy: false, restarted: false }
  const listen = listener(request.mode, record, context)
  const { mode, url, formatId } = request
  const { folder, egress, signal } = context
  const { home, workerId, maxFileBytes, ffmpegLocation, denoPath, python, logger } = engine
  try {
    signal.throwIfAborted()
    await mkdir(join(folder, 'tmp'), { recursive: true, mode: 0o700 })
    const end = await runYtdlp({
      ...(startWarm && { startWarm }),
      python,
      url,
      argv: argumentsOf({ mode, folder, proxyUrl: egress.proxyUrl, ffmpegLocation, denoPath, formatId }),
      settings: { mode, home, folder, workerId, maxFileBytes },
      cwd: folder,
      env: environmentOf(folder, ffmpegLocation),
      signal: AbortSignal.any([signal, stalled.signal]),
      onLine(line) {
        const event = parseEvent(line)
        if (event === null) return
        if (event.event === 'plan' || event.event === 'progress') watch.moved()
        if (event.event === 'postprocess' || event.event === 'file') watch.rest()
        listen(event)
      },
    })
    if (end.diagnostics)
      logger?.debug({ jobId: context.jobId, diagnostics: withoutAddresses(end.diagnostics) }, 'yt-dlp wrote')
    signal.throwIfAborted()
    if (stalled.signal.aborted) throw new JobFailure('stalled')
    if (end.exitCode !== 0) throw failureAt(end, record, request, context)
    return record
  } catch (error) {
    throw signal.aborted ? new Stop(stopReasonOf(signal)) : failureOf(error)
  } finally {
    watch.rest()
  }
}

/** Remembers what matters at the end, and passes on what matters now. Every event is a sign of life. */
function listener(mode: Mode, record: JobRecord, context: JobContext): (event: YtdlpEvent) => void {
  let progress = initialProgress
  return (event) => {
    if (event.event === 'info') record.video = event.video
    if (event.event === 'plan') record.plan = event
    if (event.event === 'file') record.path = event.path
    if (event.event === 'error') record.error = event
    if (event.event === 'busy') record.busy = true
    if (event.event === 'progress' && event.restarted) record.restarted = true
    if (event.event === 'warning') context.onWarning?.(event.message)
    progress = advance(progress, event, mode)
    context.onProgress({ ...progress.shown, heartbeatAt: Date.now() })
  }
}

function failureAt(end: RunEnd, record: JobRecord, { formatId }: JobRequest, { egress }: JobContext): JobFailure {
  if (record.error === null) {
    const what = record.busy ? 'Another process works in the job folder.' : 'yt-dlp ended without a word.'
    return new JobFailure('internal_error', { cause: Object.assign(new Error(what), end) })
  }
  return failureFrom({
    message: record.error.message,
    chain: record.error.chain,
    formatRequested: formatId !== null,
    blocked: egress.blocked(),
    exceeded: egress.exceeded(),
    nowMs: Date.now(),
  })
}
