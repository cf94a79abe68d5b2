/**
 * BullMQ's private form, as far as this package depends on it: names and meanings of fields and keys that BullMQ's own
 * interface does not offer. They stand here and, for scripts, in `lua/job-record.lua` and `lua/job-queue.lua`, and nowhere else.
 * `test/bullmq-form.test.ts` compares each with what the pinned version of BullMQ writes. A new version that changes one of
 * them fails there.
 */

/** BullMQ refuses larger priorities. */
export const PRIORITY_MAX = 2 ** 21 - 1

/** The key that exists while a worker holds the job of this record. */
export const lockKey = (record: string): string => `${record}:lock`

/** BullMQ's fields of a job's hash that are read, in the order in which `snapshot.ts` takes them. */
export const JOB_FIELDS = [
  'data',
  'timestamp',
  'processedOn',
  'finishedOn',
  'returnvalue',
  'failedReason',
  'progress',
  // Attempts that have ended.
  'atm',
  'delay',
] as const

/** Is there from the moment that the job is made. */
export const MADE_FIELD = 'timestamp'
/** Is there once the job has ended. */
export const ENDED_FIELD = 'finishedOn'
/** The result as JSON. */
export const RESULT_FIELD = 'returnvalue'
/** Is 0 for a job that was never delayed. */
export const DELAY_FIELD = 'delay'
/** The envelope as JSON. */
export const DATA_FIELD = 'data'
/** The sorted sets of ended jobs; the scores are the times of the ends, in epoch milliseconds. */
export const ENDED_SETS = ['completed', 'failed'] as const

/** The score of a delayed job is its time, and in the last 12 bits a number that keeps the order. */
export const dueTimeOf = (delayedScore: number): number => Math.floor(delayedScore / 2 ** 12)
