/** The list of jobs says of a failed job why it failed, in the words of its status, and of others nothing. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { createJob, jobKinds } from './guided-jobs.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const LIST = '/api/video-scraper/jobs'

test.each(jobKinds)('%s: the entry has the error and the code of the status', async (kind) => {
  const gateway = await rig.gateway()
  const waiting = await createJob(gateway, kind)
  expect((await gateway.get(LIST)).json().jobs[0]).not.toHaveProperty('error')
  await gateway.post(`/api/video-scraper/job/${waiting.id}/cancel`, undefined)

  await startWorker(rig, { prepare: () => Promise.reject(new JobFailure('private_video')) })
  const { id, status } = await createJob(gateway, kind)
  await eventually(async () => expect((await gateway.get(status)).json().status).toBe('failed'))
  const { error, code } = (await gateway.get(status)).json()
  expect([code, error]).toEqual(['private_video', expect.stringMatching(/^.{20,}\.$/)])
  const [failed, cancelled] = (await gateway.get(LIST)).json().jobs
  expect(failed).toMatchObject({ id, status: 'failed', error, code })
  expect(cancelled).toMatchObject({ id: waiting.id, status: 'cancelled' })
  for (const name of ['error', 'code']) expect(cancelled).not.toHaveProperty(name)
})

test.each(jobKinds)(
  '%s: while a failed attempt is to be tried again, and when it worked, nothing is said',
  async (kind) => {
    const gateway = await rig.gateway()
    let attempt = 0
    await startWorker(rig, {
      prepare: async () => {
        attempt += 1
        if (attempt === 1) throw new JobFailure('rate_limited', { retryAfterMs: 1000 })
      },
    })
    const { status } = await createJob(gateway, kind)
    await eventually(async () => expect((await gateway.get(status)).json()).toHaveProperty('last_error'))
    expect((await gateway.get(LIST)).json().jobs[0]).not.toHaveProperty('error')
    await eventually(async () => expect((await gateway.get(status)).json().status).toBe('completed'), {
      timeoutMs: 20_000,
    })
    const [entry] = (await gateway.get(LIST)).json().jobs
    for (const name of ['error', 'code']) expect(entry).not.toHaveProperty(name)
  },
)
