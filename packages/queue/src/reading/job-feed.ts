/**
 * Follows jobs for everybody who waits for them, over one connection to Redis. A message only says that there is news;
 * what is passed on is the job as it is then, read once for all its followers. Messages may be lost, so each job is also
 * looked at now and then without one.
 */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import type { ReadJob } from './job-reader.ts'
import type { JobSnapshot } from './snapshot.ts'

/** The least time between two reads of one job, in milliseconds: many messages in it make one read. */
const READ_EVERY_MS = 25
/** How soon a change is found whose message was lost, in milliseconds. */
const LOOK_EVERY_MS = 5000

/** The job as it is now; null when its record is gone, after which nothing more comes. Steps between may be left out. */
export type OnJob = (job: JobSnapshot | null) => void

export interface JobFeed {
  /** Calls `onJob` soon with the job as it is, and again after changes, until the function returned is called. */
  follow(kind: JobKind, id: string, onJob: OnJob): () => void
  close(): void
}

interface FeedOptions {
  /** Opens the connection for messages; called when somebody follows a job for the first time. */
  connect: () => Redis
  read: ReadJob
  /** Tests look less often, so that only a message can have been the reason. */
  lookEveryMs?: number
}

interface FollowedJob {
  kind: JobKind
  id: string
  followers: Set<OnJob>
  reading: boolean
  /** Something happened while the job was being read. */
  again: boolean
  readAt: number
  timer: NodeJS.Timeout | null
}

export function createJobFeed({ connect, read, lookEveryMs = LOOK_EVERY_MS }: FeedOptions): JobFeed {
  /** By channel. */
  const followed = new Map<string, FollowedJob>()
  let subscriber: Redis | null = null
  let looking: NodeJS.Timeout | null = null

  const pass = async (job: FollowedJob) => {
    job.timer = null
    job.reading = true
    job.again = false
    job.readAt = Date.now()
    try {
      const snapshot = await read(job.kind, job.id)
      for (const onJob of [...job.followers]) onJob(snapshot)
    } catch {
      // Redis is away. The job is looked at again when the connection is back, and at the latest at the next round.
    }
    job.reading = false
    if (job.again) readSoon(job)
  }
  const readSoon = (job: FollowedJob) => {
    if (job.reading) job.again = true
    if (job.reading || job.timer !== null || job.followers.size === 0) return
    job.timer = setTimeout(() => void pass(job), Math.max(0, job.readAt + READ_EVERY_MS - Date.now()))
  }
  const lookAtAll = () => {
    for (const job of followed.values()) readSoon(job)
  }

  const open = () => {
    const connection = connect()
    connection.on('message', (channel: string) => {
      const job = followed.get(channel)
      if (job !== undefined) readSoon(job)
    })
    // ioredis subscribes anew by itself; what was said in the meantime is lost.
    connection.on('ready', lookAtAll)
    looking = setInterval(lookAtAll, lookEveryMs)
    return connection
  }
  const start = (channel: string, kind: JobKind, id: string): FollowedJob => {
    const job = { kind, id, followers: new Set<OnJob>(), reading: false, again: false, readAt: 0, timer: null }
    followed.set(channel, job)
    subscriber ??= open()
    // Read when the subscription holds: what changes from then on is reported.
    void subscriber.subscribe(channel).then(
      () => readSoon(job),
      () => undefined,
    )
    return job
  }
  const stop = (channel: string, job: FollowedJob) => {
    if (job.timer !== null) clearTimeout(job.timer)
    job.timer = null
    if (followed.get(channel) !== job) return
    followed.delete(channel)
    subscriber?.unsubscribe(channel).catch(() => undefined)
  }

  return {
    follow(kind, id, onJob) {
      const channel = keys.changes(id)
      const job = followed.get(channel) ?? start(channel, kind, id)
      // Each follower is one of its own, also when two bring the same function.
      const follower: OnJob = (snapshot) => onJob(snapshot)
      job.followers.add(follower)
      readSoon(job)
      return () => {
        job.followers.delete(follower)
        if (job.followers.size === 0) stop(channel, job)
      }
    },
    close() {
      if (looking !== null) clearInterval(looking)
      for (const [channel, job] of followed) stop(channel, job)
      subscriber?.disconnect()
      subscriber = null
    },
  }
}
