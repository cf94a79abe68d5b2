/** The gateway's side of the queue: submit, find, list, cancel. */
import { type JobEnvelope, PAYLOAD_VERSION } from '@video-scraper/contracts'
import { keys, newestFirst } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { type AdmissionAnswer, type AdmissionLimits, createAdmission, type OwnAdmissionLimits } from './admission.ts'
import { type Announcements, createAnnouncements } from './announcements.ts'
import { answerKeyOf } from './answer-key.ts'
import { createCancellation } from './cancellation.ts'
import { createFollowerNews } from './job-changes.ts'
import { createJobFeed, type OnJob } from './job-feed.ts'
import { newJobId } from './job-id.ts'
import { createJobFinder, createJobReader } from './job-reader.ts'
import { openQueues, queueKey } from './queues.ts'
import { createRepeats, type Repeats } from './repeats.ts'
import type { JobSnapshot } from './snapshot.ts'
import { createArbiter, type VerdictAnswer } from './verdict.ts'

/** Attempts of a job whose failures are retryable; the waits between them are in `core/backoff.ts`. */
const ATTEMPTS = 3

export type JobRequest = Omit<JobEnvelope, 'version'>

export type Submission =
  | { accepted: true; id: string }
  /** `waitMs`: an estimate of how long it takes until there is room. */
  | { accepted: false; refusal: Exclude<AdmissionAnswer, 'admitted'>; waitMs: number }

export interface JobPage {
  jobs: JobSnapshot[]
  next: string | null
}

export interface SubmitOptions extends Partial<OwnAdmissionLimits> {
  id?: string | undefined
}

export interface JobQueue {
  /**
   * Puts a job into the queue, or says which limit it ran into. With an `id` that was used before nothing is made and
   * nothing is counted: the job that has it is the one that was wished for.
   */
  submit(request: JobRequest, options?: SubmitOptions): Promise<Submission>
  /** Null when there is no such job, or the text is no id. */
  find(id: string): Promise<JobSnapshot | null>
  /** An owner's jobs, newest first, without their results. Null when `cursor` is not one of ours. */
  list(owner: string, limit: number, cursor?: string): Promise<JobPage | null>
  /** Asks for the verdict `cancelled`; the answer says which one holds. Repeating it repeats what follows from it. */
  cancel(job: JobSnapshot): Promise<VerdictAnswer>
  /** For deliveries that a client asks for: a test, a replay. */
  deliver: Announcements['deliver']
  /** Calls `onJob` soon with the job as it is, and after changes, until the function returned is called. */
  follow(job: Pick<JobSnapshot, 'kind' | 'id'>, onJob: OnJob): () => void
  /** What was asked under which Idempotency-Key. */
  repeats: Repeats
  close(): Promise<void>
}

interface JobQueueOptions {
  limits: AdmissionLimits
  /** Ended jobs of which the records are kept, per queue and outcome; 0 for all, until their time is over. */
  keptJobs?: number
  onError: (error: Error) => void
}

export function createJobQueue(redis: Redis, { limits, keptJobs = 0, onError }: JobQueueOptions): JobQueue {
  const queues = openQueues(redis, onError)
  const admission = createAdmission(redis, queueKey, limits)
  const announcements = createAnnouncements(redis, onError)
  const tellFollowers = createFollowerNews(redis)
  const arbiter = createArbiter(redis)
  const cancellation = createCancellation({ redis, queues, admission, arbiter, announcements, tellFollowers })

  const find = createJobFinder(redis)
  const findBriefly = createJobFinder(redis, 'brief')
  const connect = () => {
    // It waits for messages, so no answer of it is ever late, and it outlasts any outage.
    const subscriber = redis.duplicate({
      enableOfflineQueue: true,
      maxRetriesPerRequest: null,
      commandTimeout: undefined,
    })
    subscriber.on('error', onError)
    return subscriber
  }
  const feed = createJobFeed({ connect, read: createJobReader(redis, 'whole') })

  return {
    find,

    async submit(request, { id = newJobId(request.kind), downloads = null } = {}) {
      const own = { downloads }
      const { answer, tag, waitMs } = await admission.admit({ id, answerKey: answerKeyOf(request), ...request, own })
      if (answer !== 'admitted') return { accepted: false, refusal: answer, waitMs }
      const envelope: JobEnvelope = { version: PAYLOAD_VERSION, ...request }
      await queues[request.kind].add(request.kind, envelope, jobOptions(id, tag, keptJobs))
      return { accepted: true, id }
    },

    async list(owner, limit, cursor) {
      const page = await newestFirst(redis, keys.jobs(owner), limit, cursor)
      if (page === null) return null
      const found = await Promise.all(page.members.map(findBriefly))
      return { jobs: found.filter((job) => job !== null), next: page.next }
    },

    follow: ({ kind, id }, onJob) => feed.follow(kind, id, onJob),
    repeats: createRepeats(redis),

    cancel: (job) => cancellation.cancel(job),
    deliver: announcements.deliver,

    async close() {
      feed.close()
      await Promise.all([announcements, ...Object.values(queues)].map((each) => each.close()))
    },
  }
}

/**
 * Ended jobs stay until maintenance removes them (BullMQ's own ages are lazy), unless there are so many that Redis would
 * fill up before. Stack traces are for the log.
 */
const jobOptions = (jobId: string, priority: number, keptJobs: number) => ({
  jobId,
  priority,
  attempts: ATTEMPTS,
  backoff: { type: 'custom' },
  removeOnComplete: keptJobs > 0 ? { count: keptJobs } : false,
  removeOnFail: keptJobs > 0 ? { count: keptJobs } : false,
  stackTraceLimit: 0,
})
