/** Following jobs: everybody is notified over one connection, and a lost message delays what it said but never loses it. */
import { afterEach, expect, test } from '@jest/globals'
import { isFinal } from '@video-scraper/core'
import type { JobQueue, JobSnapshot } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { createFollowerNews } from '../src/reading/job-changes.ts'
import { createJobFeed, type JobFeed } from '../src/reading/job-feed.ts'
import { createJobReader } from '../src/reading/job-reader.ts'
import { useFaultyLines } from './faulty-line.ts'
import { submitted, useQueue } from './queue-rig.ts'
import { gate, progress, scriptedTask } from './scripted-task.ts'

const rig = useQueue({ appendOnly: true })
const lineTo = useFaultyLines()

const feeds: JobFeed[] = []
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close()
})

/** A feed that looks by itself only when the test says how often. */
async function feedOf({ lookEveryMs = 600_000, url = rig.server.url } = {}): Promise<JobFeed> {
  const redis = await rig.connect('gateway')
  redis.options.commandTimeout = 10_000
  const subscriber = await rig.connect('worker', url)
  const feed = createJobFeed({ connect: () => subscriber, read: createJobReader(redis, 'whole'), lookEveryMs })
  feeds.push(feed)
  return feed
}

function followed(feed: Pick<JobFeed, 'follow'>, id: string): { seen: (JobSnapshot | null)[]; stop: () => void } {
  const seen: (JobSnapshot | null)[] = []
  return { seen, stop: feed.follow('info', id, (job) => void seen.push(job)) }
}

const states = (seen: (JobSnapshot | null)[]) => [...new Set(seen.map((job) => job?.state))]
const revisions = (seen: (JobSnapshot | null)[]) => seen.map((job) => job?.revision ?? -1)
const isListenedTo = (id: string) =>
  eventually(async () => expect(await rig.redis.pubsub('NUMSUB', keys.changes(id))).toEqual([keys.changes(id), 1]))

test('a job is reported from the start to its end, and its revision never falls', async () => {
  const feed = await feedOf()
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const { seen, stop } = followed(feed, id)
  await isListenedTo(id)
  await eventually(() => expect(states(seen)).toEqual(['queued']))
  const latch = gate()
  const task = scriptedTask({
    prepare: async ({ report }) => {
      report(progress(0.5))
      await latch.opened
    },
  })
  await rig.worker('info', task.info)
  await eventually(() => expect(seen.at(-1)?.progress?.fraction).toBe(0.5))
  latch.open()
  await eventually(() => expect(states(seen)).toEqual(['queued', 'running', 'completed']))
  expect(revisions(seen)).toEqual(revisions(seen).toSorted((a, b) => a - b))
  for (const job of seen) expect(Number(job?.revision) % 2 === 1).toBe(isFinal(job?.state ?? 'queued'))
  stop()
})

test('a cancel is reported by the gateway itself, without any worker', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const heard: string[] = []
  const ear = await rig.connect('worker')
  ear.on('message', (channel) => heard.push(channel))
  await ear.subscribe(keys.changes(id))
  await gateway.cancel((await gateway.find(id)) as JobSnapshot)
  await eventually(() => expect(heard).toEqual([keys.changes(id)]))
  expect(await gateway.find(id)).toMatchObject({ state: 'cancelled', revision: 3 })
})

/** Changes what Redis holds as a worker does that dies before it can tell anybody. */
const endSilently = async (gateway: JobQueue, id: string) => {
  const job = await rig.bull('info').getJob(id)
  await rig.redis.hset(`{video-scraper}:info:${job?.id}`, { finishedOn: Date.now(), failedReason: 'unsupported_url' })
  expect((await gateway.find(id))?.state).toBe('failed')
}

test('an end of which no message came is found all the same', async () => {
  const feed = await feedOf({ lookEveryMs: 50 })
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const { seen } = followed(feed, id)
  await eventually(() => expect(states(seen)).toEqual(['queued']))
  const before = seen.at(-1)?.revision ?? 0
  await endSilently(gateway, id)
  await eventually(() => expect(seen.at(-1)?.state).toBe('failed'))
  expect(seen.at(-1)?.revision).toBeGreaterThan(before)
})

test('what happened while the connection was broken is reported when it is back', async () => {
  const line = await lineTo(rig.server.port)
  const feed = await feedOf({ url: line.url })
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const { seen } = followed(feed, id)
  await isListenedTo(id)
  await eventually(() => expect(states(seen)).toEqual(['queued']))
  // Ends the subscriber's connection at the server, and lets no new one through for a while.
  line.cut()
  await rig.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await endSilently(gateway, id)
  line.mend()
  await eventually(() => expect(seen.at(-1)?.state).toBe('failed'))
})

test('followers outlast a Redis that is killed and comes back with its data', async () => {
  const feed = await feedOf()
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const { seen } = followed(feed, id)
  await isListenedTo(id)
  // What a process has written survives its own death, whether it was synced to the disk or not.
  await rig.server.kill9()
  await rig.server.restart()
  await isListenedTo(id)
  const job = await eventually(async () => (await gateway.find(id)) ?? false)
  await gateway.cancel(job)
  await eventually(() => expect(seen.at(-1)?.state).toBe('cancelled'), { timeoutMs: 10_000 })
}, 30_000)

test('messages in quick succession make few reads, and the last of them is not lost', async () => {
  const feed = await feedOf()
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const { seen } = followed(feed, id)
  await isListenedTo(id)
  await eventually(() => expect(seen.length).toBeGreaterThan(0))
  const key = `{video-scraper}:info:${id}`
  for (let count = 1; count <= 500; count += 1) {
    await rig.redis.multi().hincrby(key, 'revision', 1).publish(keys.changes(id), '').exec()
  }
  await eventually(() => expect(seen.at(-1)?.revision).toBe(1000))
  expect(seen.length).toBeLessThan(400)
})

test('when nobody follows, nothing is listened to; who stops hears nothing more, and the others do', async () => {
  const feed = await feedOf()
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const [first, second] = [followed(feed, id), followed(feed, id)]
  await isListenedTo(id)
  await eventually(() => expect([first.seen.length > 0, second.seen.length > 0]).toEqual([true, true]))
  first.stop()
  const count = first.seen.length
  await gateway.cancel((await gateway.find(id)) as JobSnapshot)
  await eventually(() => expect(second.seen.at(-1)?.state).toBe('cancelled'))
  expect(first.seen.length).toBe(count)
  second.stop()
  second.stop()
  await eventually(async () => expect(await rig.redis.pubsub('CHANNELS', keys.changes('*'))).toEqual([]))
  // Once more for the same job: the subscription comes back.
  const third = followed(feed, id)
  await eventually(() => expect(third.seen.at(-1)?.state).toBe('cancelled'))
})

test('a job whose record is gone is reported as null', async () => {
  const feed = await feedOf()
  const { seen } = followed(feed, '00000000-0000-4000-8000-000000000000')
  await eventually(() => expect(seen[0]).toBeNull())
})

test('announcing a change of a job that is gone does not bring it back', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  await createFollowerNews(rig.redis)('info', id)
  expect(await rig.redis.exists(`{video-scraper}:info:${id}`)).toBe(0)
})

test('what changes while the job is being read is read again', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const redis = await rig.connect('worker')
  const readNow = createJobReader(redis, 'whole')
  const [begun, latch] = [gate(), gate()]
  const subscriber = await rig.connect('worker')
  const feed = createJobFeed({
    connect: () => subscriber,
    lookEveryMs: 600_000,
    // What was read before the change arrives after it.
    async read(kind, of) {
      const job = await readNow(kind, of)
      begun.open()
      await latch.opened
      return job
    },
  })
  feeds.push(feed)
  const { seen } = followed(feed, id)
  await begun.opened
  await isListenedTo(id)
  const heard = new Promise((resolve) => subscriber.once('message', resolve))
  await gateway.cancel((await gateway.find(id)) as JobSnapshot)
  await heard
  latch.open()
  await eventually(() => expect(states(seen)).toEqual(['queued', 'cancelled']))
})
