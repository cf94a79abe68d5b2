/** Who ends many jobs loses the oldest of them, and nobody else does. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const flooder = { owner: 'flooder', limitSubject: 'flooder' }
const other = { owner: 'other', limitSubject: 'other' }
const kept = { keptJobsPerClient: 5, recordLifetimeMs: 60_000 }

async function ended(gateway: JobQueue, jobs: number, who: typeof other): Promise<string[]> {
  const ids: string[] = []
  for (let job = 0; job < jobs; job += 1) {
    const id = await submitted(gateway, 'info', who)
    ids.push(id)
    await eventually(async () => (await gateway.find(id))?.state !== 'queued')
  }
  const counted = () => rig.redis.zscore(keys.keptJobs('info', who.limitSubject), ids.at(-1) ?? '')
  await eventually(async () => (await counted()) !== null)
  return ids
}

test.each([
  ['completed' as const, null],
  ['failed' as const, 'private_video' as const],
])("jobs that %s: one client keeps its newest five, and the other one's job stays", async (state, code) => {
  const gateway = await rig.gateway()
  const prepare = async () => {
    if (code !== null) throw new JobFailure(code)
  }
  await rig.worker('info', scriptedTask({ prepare }).info, kept)
  const [mine] = await ended(gateway, 1, other)
  const ids = await ended(gateway, 12, flooder)
  await eventually(async () => expect(await rig.bull('info').getJobCounts(state)).toEqual({ [state]: 6 }))
  expect((await found(gateway, mine ?? '')).state).toBe(state)
  const listed = (await gateway.list('flooder', 50))?.jobs.map(({ id }) => id)
  expect(listed).toEqual(ids.slice(-5).toReversed())
  expect(await rig.redis.zcard(keys.jobs('flooder'))).toBe(5)
  expect(await rig.redis.pttl(keys.keptJobs('info', 'flooder'))).toBeGreaterThan(0)
})

test('one client has a tenth of what is kept in all, whatever its own limit is', async () => {
  const gateway = await rig.gateway({}, 20)
  await rig.worker('info', scriptedTask().info, { ...kept, keptJobsPerClient: 1000 })
  const [mine] = await ended(gateway, 1, other)
  await ended(gateway, 30, flooder)
  await eventually(async () => expect(await rig.bull('info').getJobCounts('completed')).toEqual({ completed: 3 }))
  expect((await found(gateway, mine ?? '')).state).toBe('completed')
})

test('jobs that are cancelled count as well; those that have not ended never go', async () => {
  const gateway = await rig.gateway()
  const waiting: string[] = []
  for (let job = 0; job < 8; job += 1) waiting.push(await submitted(gateway, 'info', flooder))
  const cancelled: string[] = []
  for (let job = 0; job < 8; job += 1) {
    const id = await submitted(gateway, 'info', flooder)
    await gateway.cancel(await found(gateway, id))
    cancelled.push(id)
  }
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, new Promise(() => undefined)) })
  await rig.worker('info', task.info, { ...kept, concurrency: 2 })
  await eventually(async () => expect(new Set(task.discarded).size).toBe(8))
  await eventually(async () => expect(await rig.bull('info').getJobCounts('failed')).toEqual({ failed: 5 }))
  for (const id of waiting) expect(['queued', 'running']).toContain((await found(gateway, id)).state)
})

test('without a limit of its own a client keeps what the bound of all leaves', async () => {
  const gateway = await rig.gateway({}, 6)
  await rig.worker('info', scriptedTask().info, { keptJobsPerClient: 0 })
  const ids: string[] = []
  for (let job = 0; job < 8; job += 1) ids.push(await submitted(gateway, 'info', flooder))
  await becomes(gateway, ids.at(-1) ?? '', 'completed')
  expect(await rig.bull('info').getJobCounts('completed')).toEqual({ completed: 6 })
})
