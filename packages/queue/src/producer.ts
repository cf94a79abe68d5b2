/** Both programs' side of the queue but for running jobs: submit, find, list, cancel. The worker submits the jobs of playlists. */
import { createIdempotency, type Idempotency } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { createAddJob } from './admission/add-job.ts'
import { type AdmissionLimits, createAdmission } from './admission/admission.ts'
import { createRelease, createSlotRelease } from './admission/slots.ts'
import { createSubmit, type JobRequest, type Submission, type SubmitOptions } from './admission/submit.ts'
import { createExpireDue, type ExpireDue } from './execution/deadlines.ts'
import { createDrainFirst } from './execution/drain-first.ts'
import { createEndEarly } from './execution/early-end.ts'
import { createRemoval, type RemoveJob } from './execution/removal.ts'
import { createArbiter, type VerdictAnswer } from './execution/verdict.ts'
import { createOutbox, type Outbox } from './outbox/outbox.ts'
import { createEntryTables, type EntryTables } from './playlist/entry-table.ts'
import { type EntryPage, listEntries } from './playlist/list-entries.ts'
import { createWake } from './playlist/wake.ts'
import { openQueues } from './queues.ts'
import { createFollowerNews } from './reading/job-changes.ts'
import { createJobFeed, type OnJob } from './reading/job-feed.ts'
import { createJobFinder, createJobReader } from './reading/job-reader.ts'
import { createJobList, type JobPage, type JobSearch } from './reading/list-jobs.ts'
import type { JobSnapshot } from './reading/snapshot.ts'

export interface JobQueue {
  /**
   * Puts a job into the queue, or says which limit it ran into. With an `id` that was used before nothing is made and
   * nothing is counted: the job that has it is the one that was asked for.
   */
  submit(request: JobRequest, options?: SubmitOptions): Promise<Submission>
  /** Null when there is no such job, or the text is no id. */
  find(id: string): Promise<JobSnapshot | null>
  /**
   * An owner's jobs, newest first, without the results of info jobs. Null when `cursor` is not one of ours. A search looks at
   * `JOBS_SEARCHED_MAX` jobs at most, so its page may be short, even empty, and `next` goes on where it stopped.
   */
  list(owner: string, limit: number, cursor?: string, search?: JobSearch): Promise<JobPage | null>
  /** Asks for the verdict `cancelled`; the answer says which one holds. Repeating it repeats what follows from it. */
  cancel(job: JobSnapshot): Promise<VerdictAnswer>
  /** Ends jobs whose time (`expires_in`) is over. `watchDeadlines` calls it. */
  expireDue: ExpireDue
  /** Removes the record of a job that has ended. Its files are not touched. */
  remove: RemoveJob
  /** For deliveries that a client asks for: a test, a replay. */
  deliver: Outbox['deliver']
  /** Calls `onJob` soon with the job as it is, and after changes, until the function returned is called. */
  follow(job: Pick<JobSnapshot, 'kind' | 'id'>, onJob: OnJob): () => void
  /** The entries of a playlist from the one with this number on, each with its job as it is now. */
  entries(playlist: JobSnapshot, page: { from: number; limit: number }): Promise<EntryPage>
  /** What the worker of a playlist writes down of its entries. */
  entryTables: EntryTables
  /** Has a playlist taken soon that waits for its entries. Nothing happens to one that does not wait. */
  wake(playlistId: string): Promise<void>
  /** What was asked under which Idempotency-Key. */
  idempotency: Idempotency
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
  const outbox = createOutbox(redis, onError)
  const publishChange = createFollowerNews(redis)
  const wake = createWake(queues)
  const endEarly = createEndEarly({
    redis,
    queues,
    releases: { cancelled: createRelease(redis), expired: createSlotRelease(redis) },
    drainFirst: createDrainFirst(redis),
    wake,
    arbiter: createArbiter(redis),
    outbox,
    publishChange,
  })

  const find = createJobFinder(redis)
  const findBrief = createJobFinder(redis, 'brief')
  const submit = createSubmit({
    admit: createAdmission(redis, limits),
    addJob: createAddJob(redis, queues, { keptJobs, onError }),
    find: findBrief,
  })
  const entryTables = createEntryTables(redis, limits.lifetimeMs)
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

    submit,

    list: createJobList(redis),

    follow: ({ kind, id }, onJob) => feed.follow(kind, id, onJob),
    entries: (playlist, page) => listEntries(entryTables, findBrief, playlist, page),
    entryTables,
    wake,
    idempotency: createIdempotency(redis),

    cancel: (job) => endEarly(job, 'cancelled'),
    expireDue: createExpireDue({ redis, find: findBrief, endEarly }),
    remove: createRemoval(redis, queues, entryTables),
    deliver: outbox.deliver,

    async close() {
      feed.close()
      await Promise.all([outbox, ...Object.values(queues)].map((each) => each.close()))
    },
  }
}
