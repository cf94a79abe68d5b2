/** A gateway is killed at each step between a request and its job: nothing is lost, and nothing is there twice. */
import { expect, test } from '@jest/globals'
import type { JobKind } from '@video-scraper/contracts'
import { type JobQueue, seededJobId } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type GatewayScript, useGatewayProcesses } from './gateway-process.ts'
import { becomes, jobRequest, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const gatewayProcess = useGatewayProcesses()
const CLIENT = '192.0.2.1'
const ONE = { downloadsPerClient: 1, waitingJobs: 0, waitingJobsPerClient: 1, lifetimeMs: 0 }
const KEY = 'key-1'

const killed = (dies: GatewayScript['dies'], kind: JobKind = 'download') =>
  gatewayProcess({ url: rig.server.url, kind, key: KEY, request: jobRequest(kind), limits: ONE, dies })
const slots = () => rig.redis.zrange(keys.slots(CLIENT), 0, '-1')
const counted = (kind: JobKind = 'download') => rig.redis.zrange(keys.unfinished(kind, CLIENT), 0, '-1')
const listed = async (gateway: JobQueue) => (await gateway.list('anonymous', 50))?.jobs.map(({ id }) => id)

/** The POST again, on another gateway, as soon as the key may be taken over. */
async function repeated(gateway: JobQueue, kind: JobKind = 'download'): Promise<string> {
  const { hold } = await eventually(async () => {
    const claim = await gateway.idempotency.claim({ owner: 'anonymous', key: KEY, fingerprint: 'the same' })
    return claim.state === 'held' && claim
  })
  expect(hold.fresh).toBe(false)
  const id = seededJobId(kind, hold.seed, 0)
  expect(await gateway.submit(jobRequest(kind), { id })).toEqual({ accepted: true, id, expiresAt: null })
  return id
}

async function completesOnce(gateway: JobQueue, id: string): Promise<void> {
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await becomes(gateway, id, 'completed')
  expect(task.published).toEqual([id])
  await eventually(async () => (await slots()).length + (await counted()).length === 0)
  expect(await listed(gateway)).toEqual([id])
}

test('not killed, it makes the job', async () => {
  const { id, ...end } = await killed('never')
  expect(end).toEqual({ accepted: true, signal: null })
  await completesOnce(await rig.gateway(ONE), id)
})

test('killed before admission: nothing is there, and the repeat makes the job', async () => {
  const { id, ...end } = await killed('before admission')
  expect(end).toEqual({ accepted: false, signal: 'SIGKILL' })
  const gateway = await rig.gateway(ONE)
  expect([await slots(), await counted(), await listed(gateway)]).toEqual([[], [], []])
  expect(await repeated(gateway)).toBe(id)
  await completesOnce(gateway, id)
})

test('killed between admission and job: the place is taken, no job is seen, and the repeat makes it, counted once', async () => {
  const { id, ...end } = await killed('before the job')
  expect(end).toEqual({ accepted: false, signal: 'SIGKILL' })
  const gateway = await rig.gateway(ONE)
  expect([await slots(), await counted(), await listed(gateway), await gateway.find(id)]).toEqual([
    [id],
    [id],
    [],
    null,
  ])
  expect(await repeated(gateway)).toBe(id)
  expect([await slots(), await counted(), await listed(gateway)]).toEqual([[id], [id], [id]])
  await completesOnce(gateway, id)
})

test('killed between admission and job, and never repeated: the place is free again after its grace', async () => {
  const { id } = await killed('before the job')
  const gateway = await rig.gateway(ONE)
  const another = () => gateway.submit(jobRequest('download'))
  expect(await another()).toMatchObject({ accepted: false, refusal: 'too_many_downloads' })
  for (const set of [keys.slots(CLIENT), keys.unfinished('download', CLIENT)]) {
    await rig.redis.zadd(set, Date.now() - 10_500, id)
  }
  const next = await another()
  expect(next).toMatchObject({ accepted: true })
  if (!next.accepted) return
  expect([await slots(), await counted()]).toEqual([[next.id], [next.id]])
  await completesOnce(gateway, next.id)
})

test('killed after the job was made and before its answer: the repeat finds it, and makes no second', async () => {
  const { id, ...end } = await killed('after the job')
  expect(end).toEqual({ accepted: false, signal: 'SIGKILL' })
  const gateway = await rig.gateway(ONE)
  expect(await listed(gateway)).toEqual([id])
  expect(await repeated(gateway)).toBe(id)
  expect(await rig.bull('download').getPrioritizedCount()).toBe(1)
  expect([await slots(), await counted()]).toEqual([[id], [id]])
  await completesOnce(gateway, id)
})
