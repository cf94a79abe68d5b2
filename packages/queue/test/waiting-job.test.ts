/** Jobs are written by a script of ours: it must write what BullMQ, in the version that is pinned, would have written. */
import { expect, test } from '@jest/globals'
import { submitted, useQueue } from './queue-rig.ts'

const rig = useQueue()

/** Made when a queue is opened, a stream that nobody reads, and a counter for jobs without an id of their own. */
const NOT_OF_JOBS = /:(meta|events|id)$/

const contentOf = async (name: string): Promise<unknown> => {
  const type = await rig.redis.type(name)
  if (type === 'zset') return rig.redis.zrange(name, 0, '-1', 'WITHSCORES')
  if (type === 'string') return rig.redis.get(name)
  const { opts = '', ...fields } = await rig.redis.hgetall(name)
  return { ...fields, opts: JSON.parse(opts) }
}

/** Everything that BullMQ has to keep of the jobs of a queue, by key. */
async function jobsOf(kind: string): Promise<Record<string, unknown>> {
  const names = await rig.redis.keys(`{video-scraper}:${kind}:*`)
  const entries = names.filter((name) => !NOT_OF_JOBS.test(name)).map(async (name) => [name, await contentOf(name)])
  return Object.fromEntries(await Promise.all(entries))
}

test.each([['info'], ['download']] as const)('waiting %s jobs are what BullMQ makes of them', async (kind) => {
  const gateway = await rig.gateway()
  const bull = rig.bull(kind)
  const ids = [
    await submitted(gateway, kind),
    await submitted(gateway, kind),
    await submitted(gateway, kind, { limitSubject: '192.0.2.2' }),
  ]
  const ours = await jobsOf(kind)
  const jobs = await Promise.all(ids.map((id) => bull.getJob(id)))
  await rig.redis.flushall()
  for (const job of jobs) await bull.add(kind, job?.data, job?.opts)
  const theirs = await jobsOf(kind)
  // They were added a moment later.
  for (const job of jobs)
    Object.assign(theirs[`{video-scraper}:${kind}:${job?.id}`] as object, { timestamp: `${job?.timestamp}` })
  expect(ours).toEqual(theirs)
  expect(Object.keys(ours).toSorted()).toEqual(
    [...ids, 'marker', 'pc', 'prioritized'].map((name) => `{video-scraper}:${kind}:${name}`).toSorted(),
  )
})
