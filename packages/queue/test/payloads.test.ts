/** What a worker does with a payload that it cannot read. */
import { expect, test } from '@jest/globals'
import { PAYLOAD_VERSION } from '@video-scraper/contracts'
import { kindOf, type RunningJob } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { becomes, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const ID = 'download_0123456789abcdef0123456789abcdef'

const put = (data: unknown) => rig.bull('download').add('download', data, { jobId: ID, priority: 1, attempts: 3 })

test('a payload of a newer version waits for a newer worker, without using an attempt', async () => {
  await put({ ...jobRequest('download'), version: PAYLOAD_VERSION + 1, newField: true })
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await eventually(async () => (await rig.bull('download').getDelayedCount()) === 1)
  const job = await rig.bull('download').getJob(ID)
  expect(job?.attemptsMade).toBe(0)
  expect(await job?.getState()).toBe('delayed')
  expect(task).toMatchObject({ prepared: [], discarded: [] })
  expect((await (await rig.gateway()).find(ID))?.state).toBe('queued')
})

test('a version so new that nothing else of it can be read waits as well', async () => {
  await put({ version: PAYLOAD_VERSION + 2, wanted: 'unknown' })
  await rig.worker('download', scriptedTask().download)
  await eventually(async () => (await rig.bull('download').getDelayedCount()) === 1)
})

test.each([
  ['nothing', null],
  ['one without options', { ...jobRequest('download'), version: 2, options: undefined }],
  ['a word', 'text'],
  ['a list', []],
  ['an empty one', {}],
  ['one without a URL', { ...jobRequest('download'), version: 1, url: undefined }],
  ['one of an unknown kind', { ...jobRequest('download'), version: 1, kind: 'upload' }],
  ['a version that is none', { ...jobRequest('download'), version: '1' }],
  ['an older version than any', { ...jobRequest('download'), version: 0 }],
])('%s as payload fails at once as an internal error, and is put away', async (_, data) => {
  await put(data)
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await eventually(() => task.discarded.length === 1)
  const job = await rig.bull('download').getJob(ID)
  expect(job?.failedReason).toBe('internal_error: Something went wrong on our side.')
  expect(job?.attemptsMade).toBe(1)
  expect(task).toMatchObject({ prepared: [], discarded: [ID] })
  expect(await (await rig.gateway()).find(ID)).toBeNull()
})

test.each([{ planted: true }, { format_id: 22 }])(
  'options that nobody can mean, such as %j, fail at once',
  async (options) => {
    await put({ ...jobRequest('download'), version: 2, options })
    const task = scriptedTask()
    await rig.worker('download', task.download)
    await eventually(() => task.discarded.length === 1)
    expect(task.prepared).toEqual([])
    expect(await (await rig.gateway()).find(ID)).toMatchObject({ state: 'failed', failure: 'internal_error' })
  },
)

const { options: _, ...asBefore } = jobRequest('download')

test.each([
  ['22', { format_id: '22' }],
  [null, {}],
])('the version before named its format %p at its side, and is read and done', async (formatId, options) => {
  await put({ ...asBefore, version: 1, formatId })
  const seen = (await (await rig.gateway()).find(ID))?.envelope
  expect(seen).toMatchObject({ url: asBefore.url, options })
  expect(seen).not.toHaveProperty('formatId')
  const done: unknown[] = []
  const prepare = async ({ envelope }: RunningJob) => void done.push(envelope)
  const task = scriptedTask({ prepare })
  await rig.worker('download', task.download)
  await eventually(() => task.discarded.length === 1)
  expect(done).toEqual([seen])
})

test('what a gateway writes is read by the worker of the same release, with its options', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download', { options: { format_id: '22' } })
  expect((await gateway.find(id))?.envelope).toMatchObject({ version: 2, options: { format_id: '22' } })
  const done: unknown[] = []
  const prepare = async ({ envelope }: RunningJob) => void done.push(envelope.options)
  await rig.worker('download', scriptedTask({ prepare }).download)
  await becomes(gateway, id, 'completed')
  expect(done).toEqual([{ format_id: '22' }])
})

test.each([
  ['download_0123456789abcdef0123456789abcdef', 'download'],
  ['6f1f64bc-47a2-4f1c-8f8b-7f9f1d2c3b4a', 'info'],
  ['download_0123456789ABCDEF0123456789abcdef', null],
  ['download_0123456789abcdef0123456789abcde', null],
  ['download_0123456789abcdef0123456789abcdef\n', null],
  ['6f1f64bc-47a2-1f1c-8f8b-7f9f1d2c3b4a', null],
  ['6F1F64BC-47A2-4F1C-8F8B-7F9F1D2C3B4A', null],
  ['{6f1f64bc-47a2-4f1c-8f8b-7f9f1d2c3b4a}', null],
  ['meta', null],
  ['', null],
])('the id %j stands for %p', (id, kind) => expect(kindOf(id)).toBe(kind))
