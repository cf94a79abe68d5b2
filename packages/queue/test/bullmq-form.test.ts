/** What we rely on of BullMQ's private form is what the pinned version of BullMQ writes. */
import { expect, test } from '@jest/globals'
import { bindScript } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq'
import {
  DATA_FIELD,
  DELAY_FIELD,
  dueTimeOf,
  ENDED_FIELD,
  ENDED_SETS,
  JOB_FIELDS,
  lockKey,
  MADE_FIELD,
  PRIORITY_MAX,
  RESULT_FIELD,
} from '../src/bullmq-form.ts'
import { queueKey } from '../src/queues.ts'
import { script } from '../src/scripts.ts'
import { useQueue } from './queue-rig.ts'

const rig = useQueue()
const ID = 'job-1'
const RECORD = queueKey('download', ID)
const PREFIX = queueKey('download', '')

let scripts = 0
/** What the Lua functions say of the one job. */
function ask<Answer>(expression: string): Promise<Answer> {
  scripts += 1
  const text = `${script('job-queue').text}\nlocal record, prefix = KEYS[1], KEYS[2]\n${expression}`
  return bindScript<Answer>(rig.redis, { name: `ask${scripts}`, text })([RECORD, PREFIX], [])
}
const said = (expression: string) => ask(`local answer = ${expression} return {answer and answer ~= 0 and 1 or 0}`)
const fields = () => rig.redis.hgetall(RECORD)

const add = (options: object = {}) =>
  rig.bull('download').add('download', { a: 1 }, { jobId: ID, priority: 7, ...options })

async function work(run: (job: Job, token: string) => Promise<unknown>): Promise<void> {
  const worker = new Worker('download', async (job, token = '') => run(job, token), {
    connection: await rig.connect('worker'),
    prefix: '{video-scraper}',
    settings: { backoffStrategy: () => 60_000 },
  })
  worker.on('error', () => undefined)
  rig.afterwards(() => worker.close(true))
}

test('a waiting job: its record, its place, the largest priority', async () => {
  expect(await said('isMade(record)')).toEqual([0])
  await add()
  const record = await fields()
  expect(record[DATA_FIELD]).toBe('{"a":1}')
  expect(Number(record[MADE_FIELD])).toBeGreaterThan(1e12)
  expect(record[DELAY_FIELD]).toBe('0')
  expect(record[ENDED_FIELD]).toBeUndefined()
  expect(await said('isMade(record)')).toEqual([1])
  expect(await said('hasEnded(record)')).toEqual([0])
  expect(await said('lockHolder(record)')).toEqual([0])
  expect(await said('isLocked(record)')).toEqual([0])
  expect(await ask('return priorityOf(record)')).toBe(7)
  expect(await ask('return waitingCount(prefix)')).toBe(1)
  const score = Number(await rig.redis.zscore(queueKey('download', 'prioritized'), ID))
  expect([Math.floor(score / 2 ** 32), score % 2 ** 32]).toEqual([7, 1])
  await rig.bull('download').add('download', {}, { jobId: 'largest', priority: PRIORITY_MAX })
  await expect(rig.bull('download').add('download', {}, { priority: PRIORITY_MAX + 1 })).rejects.toThrow()
})

test('lowered, it is what BullMQ would have made of it with the lower priority', async () => {
  await add()
  const second = await rig.bull('download').add('download', {}, { jobId: 'job-2', priority: 9 })
  const scores = () => rig.redis.zrange(queueKey('download', 'prioritized'), 0, '-1', 'WITHSCORES')
  await ask('lowerQueue(prefix, 4)')
  const lowered = await scores()
  expect((await fields()).priority).toBe('3')
  await rig.redis.flushall()
  await add({ priority: 3 })
  await rig.bull('download').add('download', {}, { jobId: second.id ?? '', priority: 5 })
  expect(lowered).toEqual(await scores())
  await ask("lowerJob(prefix, 'job-2', 4)")
  await ask("lowerJob(prefix, 'job-2', 4)")
  expect(await rig.redis.hget(queueKey('download', 'job-2'), 'priority')).toBe('1')
  expect((await scores())[0]).toBe('job-2')
})

test.each([
  ['delayed', { delay: 60_000 }],
  ['in the list that goes first', { priority: 0 }],
])('a job that is %s is found when all are lowered', async (_, options) => {
  await add(options)
  await rig.redis.hset(RECORD, 'priority', 7)
  await ask('lowerQueue(prefix, 4)')
  expect(await ask('return priorityOf(record)')).toBe(3)
})

test('a running job: its lock, its progress', async () => {
  await add()
  const tokens: string[] = []
  let end = () => {}
  await work((job, token) => {
    tokens.push(token)
    return new Promise<void>((resolve) => {
      end = resolve
    }).then(() => job.updateProgress({ fraction: 0.5 }))
  })
  await eventually(() => tokens.length === 1)
  expect(await rig.redis.get(lockKey(RECORD))).toBe(tokens[0])
  expect(await ask('return lockHolder(record)')).toBe(tokens[0])
  expect(await said('isLocked(record)')).toEqual([1])
  await ask('extendLock(record, 500000)')
  expect(await rig.redis.pttl(lockKey(RECORD))).toBeGreaterThan(400_000)
  await ask('lowerQueue(prefix, 4)')
  expect(await ask('return priorityOf(record)')).toBe(3)
  await ask(`writeProgress(record, '{"fraction":0.25}')`)
  expect((await rig.bull('download').getJob(ID))?.progress).toEqual({ fraction: 0.25 })
  expect(Number((await fields()).processedOn)).toBeGreaterThan(1e12)
  end()
  await eventually(async () => ((await said('hasEnded(record)')) as number[])[0] === 1)
  expect((await fields()).progress).toBe('{"fraction":0.5}')
  expect(await said('lockHolder(record)')).toEqual([0])
})

test('an ended job: completed with its result, or failed with its reason, in the set of its kind by the time of its end', async () => {
  await add()
  await rig.bull('download').add('download', {}, { jobId: 'job-2', priority: 8 })
  await work(async (job) => {
    if (job.id === ID) return { result: 1 }
    throw new UnrecoverableError('a reason')
  })
  const failed = queueKey('download', 'job-2')
  await eventually(async () => (await rig.redis.hexists(failed, ENDED_FIELD)) === 1)
  const record = await fields()
  expect([record[RESULT_FIELD], record.failedReason]).toEqual(['{"result":1}', undefined])
  expect(await said('hasResult(record)')).toEqual([1])
  expect(await ask('return resultOf(record)')).toBe('{"result":1}')
  expect(await rig.redis.hmget(failed, RESULT_FIELD, 'failedReason')).toEqual([null, 'a reason'])
  for (const [at, [id, hash]] of [
    [ID, RECORD],
    ['job-2', failed],
  ].entries()) {
    const score = await rig.redis.zscore(queueKey('download', ENDED_SETS[at] ?? ''), id ?? '')
    expect(score).toBe(await rig.redis.hget(hash ?? '', ENDED_FIELD))
  }
  expect([...JOB_FIELDS].filter((field) => !(field in record)).toSorted()).toEqual(['failedReason', 'progress'])
  expect(await ask('return attemptsEnded(record)')).toBe(1)
})

test('a job that waits for a time: a failed attempt counts, the score says when the next is due', async () => {
  await add({ attempts: 2, backoff: { type: 'custom' } })
  const due = Date.now() + 90_000
  let attempts = 0
  await work(async (job, token) => {
    attempts += 1
    if (attempts === 1) throw new Error('again')
    await job.moveToDelayed(due, token)
    throw new DelayedError()
  })
  await eventually(async () => (await rig.bull('download').getDelayedCount()) === 1)
  expect(await ask('return attemptsEnded(record)')).toBe(1)
  expect((await fields())[DELAY_FIELD]).toBe('60000')
  const first = dueTimeOf(Number(await ask<string>('return delayedScore(record)')))
  expect(Math.abs(first - Date.now() - 60_000)).toBeLessThan(20_000)
  await (await rig.bull('download').getJob(ID))?.promote()
  await eventually(async () => attempts === 2 && (await rig.bull('download').getDelayedCount()) === 1)
  expect(dueTimeOf(Number(await ask<string>('return delayedScore(record)')))).toBe(due)
})
