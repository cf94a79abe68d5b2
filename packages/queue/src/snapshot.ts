/** A job as read: the state from its three facts, and everything else that Redis remembers, in one round trip. */
import {
  type FailureCode,
  type FileEntry,
  JobEnvelope,
  type JobKind,
  type JobProgress,
  type JobState,
  type VideoInfo,
} from '@video-scraper/contracts'
import { failureCodeOf, stateOf, type Verdict } from '@video-scraper/core'
import type { Redis } from 'ioredis'
import { Value } from 'typebox/value'

/** Times are epoch milliseconds. */
interface SnapshotBase {
  id: string
  state: JobState
  envelope: JobEnvelope
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  /** How many attempts have ended so far, well or badly. */
  attemptsEnded: number
  progress: JobProgress | null
  /** Why the job failed, or the last attempt of one that goes on. BullMQ keeps the reason of an earlier attempt. */
  failure: FailureCode | null
}

export interface InfoSnapshot extends SnapshotBase {
  kind: 'info'
  result: VideoInfo | null
}

export interface DownloadSnapshot extends SnapshotBase {
  kind: 'download'
  result: FileEntry | null
}

export type JobSnapshot = InfoSnapshot | DownloadSnapshot

const FIELDS = [
  'data',
  'timestamp',
  'processedOn',
  'finishedOn',
  'returnvalue',
  'failedReason',
  'progress',
  'atm',
  'verdict',
  'verdictAt',
] as const

/**
 * Reads a job without asking BullMQ for its state, which costs a walk through the waiting list. BullMQ writes
 * `finishedOn` together with the result or the reason, so no half-ended job is ever seen. Null when there is none.
 */
export async function readSnapshot(
  redis: Redis,
  kind: JobKind,
  jobKey: string,
  id: string,
): Promise<JobSnapshot | null> {
  // The lock first: read after the fields, one that was given up just now would make an ended job look queued.
  const [locked, values] = await Promise.all([redis.exists(`${jobKey}:lock`), redis.hmget(jobKey, ...FIELDS)])
  const field = (name: (typeof FIELDS)[number]) => values[FIELDS.indexOf(name)] ?? null
  const envelope = parse(field('data'))
  if (!Value.Check(JobEnvelope, envelope)) return null

  const finishedOn = number(field('finishedOn'))
  const failedReason = field('failedReason')
  const returned = parse(field('returnvalue'))
  const ending = finishedOn === null ? null : returned === null ? 'failed' : 'completed'
  const verdict = field('verdict') as Verdict | null
  const state = stateOf({ ending, locked: locked === 1, verdict })
  return {
    id,
    kind,
    state,
    envelope,
    createdAt: number(field('timestamp')) ?? 0,
    startedAt: number(field('processedOn')),
    finishedAt: state === 'cancelled' ? number(field('verdictAt')) : finishedOn,
    attemptsEnded: number(field('atm')) ?? 0,
    progress: progressOf(parse(field('progress'))),
    failure: failedReason === null || !mayHaveFailed[state] ? null : failureCodeOf(failedReason),
    result: state === 'completed' ? returned : null,
  } as JobSnapshot
}

const mayHaveFailed = {
  queued: true,
  running: true,
  completed: false,
  failed: true,
  cancelled: false,
} as const satisfies Record<JobState, boolean>

const number = (text: string | null): number | null => (text === null ? null : Number(text))

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

/** BullMQ's own initial progress is the number 0. */
const progressOf = (value: unknown): JobProgress | null =>
  typeof value === 'object' && value !== null ? (value as JobProgress) : null
