/**
 * Every end is recorded: an entry under a fixed id, written before the end of a job, so that a crash in
 * between loses nothing. Whoever takes the entry looks what really became of the job.
 */
import { Delivery, type JobEnvelope, jobKinds, OutboxEntry, WEBHOOK_PAYLOAD_VERSION } from '@video-scraper/contracts'
import { answersOf, bindScript, keys } from '@video-scraper/store'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { DATA_FIELD, ENDED_SETS } from '../bullmq-form.ts'
import type { JobLog } from '../job-log.ts'
import { queueKey, queueOptions } from '../queues.ts'
import { script } from '../scripts.ts'
import { startTimedConsumer, timedJobOptions } from './timed-consumer.ts'

/** Names of queues, and so of keys in Redis: `keys.ts` must have none that begins like them. */
export const outboxQueues = { entries: 'announcement', deliveries: 'delivery' } as const
/** The end is written right after; an entry that comes first would have to wait for it. */
const AFTER_END_MS = 100
const JOBS_PER_PAGE = 500
/** A longer text is not stored a second time: each attempt draws it from the record of the job, of which there are not too many. */
const TEXT_KEPT_MAX = 4096
/** Clocks of workers differ, and an end may be written a moment after its time was taken. */
const OVERLAP_MS = 60_000
const FIRST_LOOK_BACK_MS = 10 * 60_000

export interface Outbox {
  /** Writes the entry. False: nobody wants to hear of this job. Repeating it changes nothing. */
  recordEnd(id: string, envelope: JobEnvelope): Promise<boolean>
  /** Queues one event for one receiver, once per delivery and round. */
  deliver(delivery: Omit<Delivery, 'version' | 'text'> & { text: string }): Promise<void>
  /** Says in the job's record that everybody has been notified, as far as it is ours to tell. */
  markPublished(id: string, kind: JobEnvelope['kind']): Promise<void>
  /** Records jobs that ended without a worker, such as one whose worker died too often. Returns how many. */
  addMissed(now: number): Promise<number>
  close(): Promise<void>
}

export function createOutbox(redis: Redis, onError: (error: Error) => void): Outbox {
  const open = (name: string) => {
    const queue = new Queue(name, queueOptions(redis))
    queue.on('error', onError)
    return queue
  }
  const outbox = open(outboxQueues.entries)
  const deliveries = open(outboxQueues.deliveries)
  const isWanted = bindScript<number>(redis, script('is-outbox-entry-wanted'))
  const mark = bindScript<number>(redis, script('mark-published'))

  const recordEnd: Outbox['recordEnd'] = async (jobId, { kind, owner, callback }) => {
    if (callback === undefined && (await isWanted([keys.webhooks(owner), queueKey(kind, jobId)], [])) === 0)
      return false
    const entry: OutboxEntry = { version: WEBHOOK_PAYLOAD_VERSION, jobId, announcedAt: Date.now() }
    await outbox.add('announcement', entry, timedJobOptions(`announce-${jobId}`, AFTER_END_MS))
    return true
  }

  /** Those of which everybody has been notified are left out, and those that belong to nobody who could be. */
  async function unpublished(kind: JobEnvelope['kind'], ids: string[]): Promise<[string, JobEnvelope][]> {
    const reading = redis.pipeline()
    for (const id of ids) reading.hmget(queueKey(kind, id), DATA_FIELD, 'announced')
    const rows = (await answersOf(reading.exec())) as (string | null)[][]
    return rows.flatMap(([data, done], at) => {
      const envelope = done || !data ? null : envelopeIn(data)
      const row: [string, JobEnvelope][] = envelope === null ? [] : [[ids[at] ?? '', envelope]]
      return row
    })
  }

  /** Records what ended in this set since then and was not recorded yet; returns how many. */
  async function addEndedIn(kind: JobEnvelope['kind'], set: string, since: number): Promise<number> {
    let recorded = 0
    let ids: string[]
    let from = 0
    do {
      ids = await redis.zrangebyscore(queueKey(kind, set), since, '+inf', 'LIMIT', from, JOBS_PER_PAGE)
      from += ids.length
      for (const [id, envelope] of await unpublished(kind, ids)) {
        if (await recordEnd(id, envelope)) recorded += 1
      }
    } while (ids.length === JOBS_PER_PAGE)
    return recorded
  }

  return {
    recordEnd,

    async deliver(delivery) {
      const { deliveryId, round, text } = delivery
      // A replay is a job of its own, since the one before may still be known under its id.
      const id = round === 0 ? deliveryId : `${deliveryId}-${round}`
      const kept = text.length <= TEXT_KEPT_MAX ? text : null
      const payload: Delivery = { version: WEBHOOK_PAYLOAD_VERSION, ...delivery, text: kept }
      await deliveries.add('delivery', payload, timedJobOptions(id, 0))
    },

    async markPublished(id, kind) {
      await mark([queueKey(kind, id)], [])
    },

    async addMissed(now) {
      const until = await redis.get(keys.publishedUntil)
      const since = until === null ? now - FIRST_LOOK_BACK_MS : Number(until) - OVERLAP_MS
      let recorded = 0
      for (const kind of jobKinds) {
        for (const set of ENDED_SETS) recorded += await addEndedIn(kind, set, since)
      }
      await redis.set(keys.publishedUntil, now)
      return recorded
    },

    async close() {
      await Promise.all([outbox.close(), deliveries.close()])
    },
  }
}

/** The gateways wrote it; one that cannot be read belongs to nobody who could be notified. */
function envelopeIn(data: string): JobEnvelope | null {
  const envelope: unknown = JSON.parse(data)
  return typeof envelope === 'object' && envelope !== null && 'owner' in envelope ? (envelope as JobEnvelope) : null
}

interface OutboxTasks {
  fanOut(entry: OutboxEntry, signal: AbortSignal): Promise<number | null>
  deliver(delivery: Delivery, signal: AbortSignal): Promise<number | null>
}

interface OutboxConsumerOptions {
  /** Deliveries at once. */
  concurrency: number
  log: JobLog
  lockMs?: number
  stalledEveryMs?: number
}

/** Takes entries and deliveries. Each task says when it wants to be called again, or null when it is done. */
export function startOutboxConsumers(
  redis: Redis,
  { fanOut, deliver }: OutboxTasks,
  { concurrency, ...options }: OutboxConsumerOptions,
): { close(): Promise<void> } {
  const consumers = [
    startTimedConsumer(redis, outboxQueues.entries, {
      ...options,
      concurrency: 4,
      read: reader(OutboxEntry),
      run: fanOut,
    }),
    startTimedConsumer(redis, outboxQueues.deliveries, {
      ...options,
      concurrency,
      read: reader(Delivery),
      run: deliver,
    }),
  ]
  return {
    async close() {
      await Promise.all(consumers.map((consumer) => consumer.close()))
    },
  }
}

const reader =
  <Payload extends { version: number }>(schema: TSchema) =>
  (data: unknown): Payload | null =>
    Value.Check(schema, data) && (data as Payload).version <= WEBHOOK_PAYLOAD_VERSION ? (data as Payload) : null
