/** Hears what a job says: keeps what matters at the end, and passes on what matters now. */
import type { DownloadOptions, WarningCode } from '@video-scraper/contracts'
import type { JobContext } from './engine-options.ts'
import type { YtdlpEvent } from './events.ts'
import { type JobRecord, type Plan, remember } from './job-record.ts'
import type { JobRequest } from './job-request.ts'
import { assess } from './options/table.ts'
import { namesIn } from './own-words.ts'
import { factsOf } from './planned-facts.ts'
import { watchSize } from './planned-size.ts'
import { advance, initialProgress } from './progress.ts'
import { requestIdentity } from './request-identity.ts'
import { severalIn, warningOf, warningsIn } from './warnings.ts'

/** A job that was taken over may say anything, and clients read it. */
const VERSION = /^[\w.-]{1,40}$/

interface Listener {
  hear(event: YtdlpEvent): void
  /** The processes are there, though they say nothing. */
  beat(): void
  warn(code: WarningCode): void
}

/** Remembers what matters at the end, and passes on what matters now. Every event is a heartbeat. */
export function listener(
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
    for (const code of warningsOf(event, names, request.options)) warnings.add(code)
    if (event.event === 'stale') request.onStale?.()
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
