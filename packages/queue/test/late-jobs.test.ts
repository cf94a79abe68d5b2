/** A job is made a moment after it was admitted; what happens in that moment changes neither its place nor any limit. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import type { JobEnvelope } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { createAddJob } from '../src/admission/add-job.ts'
import { type AdmissionLimits, createAdmission } from '../src/admission/admission.ts'
import { createSubmit } from '../src/admission/submit.ts'
import { newJobId } from '../src/job-id.ts'
import { openQueues } from '../src/queues.ts'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const TAG_MAX = 100

/** A gateway's two steps, to be taken one by one. */
function steps(limits: Partial<AdmissionLimits> = {}) {
  const queues = openQueues(rig.redis, () => undefined)
  rig.afterwards(async () => void (await Promise.all(Object.values(queues).map((queue) => queue.close()))))
  const allLimits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0, tagMax: TAG_MAX, ...limits }
  return {
    admit: createAdmission(rig.redis, allLimits),
    addJob: createAddJob(rig.redis, queues, { keptJobs: 0, onError: () => undefined }),
  }
}

const envelopeOf = (limitSubject: string): JobEnvelope => ({ version: 1, ...jobRequest('download', { limitSubject }) })
const own = { downloads: null }
const scoreOf = async (id: string) =>
  Math.floor(Number(await rig.redis.zscore('{video-scraper}:download:prioritized', id)) / 2 ** 32)
const tagOf = async (id: string) => Number(await rig.redis.hget(`{video-scraper}:download:${id}`, 'priority'))

/** A job that is admitted, and made after all tags were moved down by 90. Its client was given so many tags before. */
async function lateJob(limitSubject: string, tagsBefore = 0) {
  const { admit, addJob } = steps()
  await rig.redis.set(keys.fairClock('download'), 90)
  const id = newJobId('download')
  const envelope = envelopeOf(limitSubject)
  for (let tag = 0; tag < tagsBefore; tag += 1) await admit({ id: newJobId('download'), envelope, own, onTheirWay: 0 })
  const admission = await admit({ id, envelope, own, onTheirWay: 0 })
  if (admission.answer !== 'admitted') throw new Error(`refused: ${admission.answer}`)
  const gateway = await rig.gateway({ tagMax: TAG_MAX })
  const others: string[] = []
  while ((await rig.redis.get(keys.fairClock('download'))) !== '0') {
    others.push(await submitted(gateway, 'download', { limitSubject: 'busy' }))
  }
  return { gateway, id, envelope, place: admission.place, others, make: () => addJob(id, envelope, admission.place) }
}

test('a job whose tag was given before all tags were moved down stands where it would stand if it had been there', async () => {
  const { gateway, id, place, others, make } = await lateJob('late')
  expect(place).toEqual({ tag: 91, lowerings: 0 })
  await make()
  await eventually(async () => (await tagOf(id)) === 1)
  expect(await scoreOf(id)).toBe(1)
  const [first = '', second = ''] = others
  expect(await tagOf(second)).toBe(3)
  const task = scriptedTask()
  await rig.worker('download', task.download)
  for (const each of [id, ...others]) await becomes(gateway, each, 'completed')
  expect(task.prepared.slice(0, 3).toSorted()).toEqual([first, id, second].toSorted())
  expect(task.prepared.indexOf(id)).toBeLessThan(task.prepared.indexOf(second))
})

test('a tag that was moved down already is not moved down again', async () => {
  const { id, place, make } = await lateJob('late', 2)
  expect(place.tag).toBe(95)
  await make()
  await eventually(async () => (await tagOf(id)) === 5)
  await make()
  await delay(200)
  expect([await tagOf(id), await scoreOf(id)]).toEqual([5, 5])
})

test('a late job that was cancelled before its tag was looked at stays in front', async () => {
  const { gateway, id, make } = await lateJob('late')
  await make()
  await gateway.cancel(await found(gateway, id))
  await delay(100)
  expect(await tagOf(id)).toBe(0)
})

test('a gateway that was stopped for longer than an admission holds asks again before it makes the job', async () => {
  const { admit, addJob } = steps({ downloadsPerClient: 1 })
  let asked = 0
  const stopped: typeof admit = async (request) => {
    asked += 1
    const admission = await admit(request)
    // While it was stopped its place was dropped, and another download took it.
    if (asked === 1) {
      await rig.redis.zrem(keys.slots('192.0.2.1'), request.id)
      await rig.redis.zadd(keys.slots('192.0.2.1'), Date.now(), 'download_of_another_gateway')
      await delay(60)
    }
    return admission
  }
  const submit = createSubmit({ admit: stopped, addJob, find: async () => null, admissionHoldsMs: 50 })
  expect(await submit(jobRequest('download'))).toMatchObject({ accepted: false, refusal: 'too_many_downloads' })
  expect(asked).toBe(2)
  expect(await rig.bull('download').getPrioritizedCount()).toBe(0)
})
