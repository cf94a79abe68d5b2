/** What a worker counts for Prometheus: the ends of its jobs, its egress, its webhooks, its disk, its yt-dlp. */
import { METRIC_PREFIX } from '@video-scraper/boot'
import type { JobEnd } from '@video-scraper/queue'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { UpdateEvent } from './updates/updates.ts'

/** Seconds. From an answer that was cached to a download of hours. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800, 7200]
const DAY_MS = 86_400_000

/** What is read at each scrape. */
export interface WorkerMeasures {
  /** Of the one that serves, as yt-dlp writes it: `YYYY.MM.DD`, and more behind. */
  ytdlpVersion(): string
  /** Everything that jobs received so far, in bytes. */
  egressBytes(): number
  freeBytes(): Promise<number>
}

export interface WorkerMetrics {
  jobEnded(end: JobEnd): void
  webhookAttempted(outcome: 'delivered' | 'failed'): void
  versionChanged(event: UpdateEvent): void
}

export function createWorkerMetrics(registry: Registry, measures: WorkerMeasures): WorkerMetrics {
  const registers = [registry]
  const jobs = new Counter({
    name: `${METRIC_PREFIX}jobs_total`,
    help: 'Jobs that ended, by kind, outcome (completed, failed, cancelled) and code of the failure.',
    labelNames: ['kind', 'outcome', 'code'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: `${METRIC_PREFIX}job_duration_seconds`,
    help: 'Seconds of ended jobs by phase: waiting (until the last attempt began) and running (the last attempt).',
    labelNames: ['kind', 'phase'] as const,
    buckets: BUCKETS,
    registers,
  })
  const attempts = new Counter({
    name: `${METRIC_PREFIX}webhook_attempts_total`,
    help: 'Attempts to deliver a webhook by outcome (delivered, failed).',
    labelNames: ['outcome'] as const,
    registers,
  })
  const updates = new Counter({
    name: `${METRIC_PREFIX}ytdlp_updates_total`,
    help: 'Changes of the version of yt-dlp by event (trial_began, served, refused) and reason of a refusal.',
    labelNames: ['event', 'reason'] as const,
    registers,
  })
  readAtEachScrape(registry, measures)
  return {
    jobEnded({ kind, outcome, code, waitingMs, runningMs }) {
      jobs.inc({ kind, outcome, code: code ?? '' })
      if (waitingMs !== null) seconds.observe({ kind, phase: 'waiting' }, waitingMs / 1000)
      if (runningMs !== null) seconds.observe({ kind, phase: 'running' }, runningMs / 1000)
    },
    webhookAttempted: (outcome) => attempts.inc({ outcome }),
    versionChanged: (change) =>
      updates.inc({ event: change.event, reason: change.event === 'refused' ? change.reason : '' }),
  }
}

function readAtEachScrape(registry: Registry, { ytdlpVersion, egressBytes, freeBytes }: WorkerMeasures): void {
  const registers = [registry]
  new Counter({
    name: `${METRIC_PREFIX}egress_bytes_total`,
    help: 'Bytes that jobs received from their sources through the egress proxy.',
    registers,
    collect() {
      this.reset()
      this.inc(egressBytes())
    },
  })
  new Gauge({
    name: `${METRIC_PREFIX}disk_free_bytes`,
    help: 'Free bytes on the disk of the work folders, or of the library where it has less.',
    registers,
    async collect() {
      this.set(await freeBytes())
    },
  })
  new Gauge({
    name: `${METRIC_PREFIX}ytdlp_info`,
    help: 'The version of yt-dlp in use; the value is 1.',
    labelNames: ['version'] as const,
    registers,
    collect() {
      this.reset()
      this.set({ version: ytdlpVersion() }, 1)
    },
  })
  new Gauge({
    name: `${METRIC_PREFIX}ytdlp_age_days`,
    help: 'Days since this version of yt-dlp was released. Sites change: an old version fails more often.',
    registers,
    collect() {
      const released = releaseTimeOf(ytdlpVersion())
      this.reset()
      if (released !== null) this.set(Math.floor((Date.now() - released) / DAY_MS))
    },
  })
}

/** Versions of yt-dlp are dates. Null for one that is none. */
function releaseTimeOf(version: string): number | null {
  const [, year, month, day] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})/.exec(version) ?? []
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day))
}
