/** A client's own words about a job: taken, bounded, and given back wherever the job is shown. */
import { expect, test } from '@jest/globals'
import { jobView, publicPaths } from '@video-scraper/views'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const kinds = ['info', 'download'] as const
const paths = { info: 'job', download: 'status' } as const
const url = 'https://example.com/video'
const metadata = { order: '4711', 'shop.line-2': 'größe: 3 😀', empty: '' }

async function made({ post }: Gateway, kind: (typeof kinds)[number], body: object): Promise<string> {
  const reply = await post(`/api/video-scraper/${kind}`, { url, ...body })
  expect(reply.statusCode).toBe(202)
  return reply.json().job_id ?? reply.json().download_id
}

test.each(kinds)(
  '%s: the status, the list and what a webhook receives say the metadata as it was sent',
  async (kind) => {
    const gateway = await rig.standing()
    const id = await made(gateway, kind, { metadata })
    expect((await gateway.get(`/api/video-scraper/${paths[kind]}/${id}`)).json().metadata).toEqual(metadata)
    expect((await gateway.get('/api/video-scraper/jobs')).json().jobs).toMatchObject([{ id, metadata }])
    const job = await gateway.jobs.find(id)
    if (job === null) throw new Error('no job')
    expect(jobView(job, { paths: publicPaths('', ''), now: Date.now() })).toMatchObject({ metadata })
  },
)

test.each(kinds)('%s: without metadata nothing is said of it', async (kind) => {
  const gateway = await rig.standing()
  for (const body of [{}, { metadata: {} }]) {
    const id = await made(gateway, kind, body)
    expect((await gateway.get(`/api/video-scraper/${paths[kind]}/${id}`)).json()).not.toHaveProperty('metadata')
  }
  for (const job of (await gateway.get('/api/video-scraper/jobs')).json().jobs)
    expect(job).not.toHaveProperty('metadata')
})

test('every job of a batch has it, and so has a job that is made again', async () => {
  const gateway = await rig.standing()
  const urls = ['https://example.com/1', 'https://example.com/2']
  const { jobs } = (await gateway.post('/api/video-scraper/info', { urls, metadata })).json()
  for (const { job_id } of jobs)
    expect((await gateway.get(`/api/video-scraper/job/${job_id}`)).json().metadata).toEqual(metadata)
  const [{ job_id: first }] = jobs
  await gateway.post(`/api/video-scraper/job/${first}/cancel`, {})
  const again = (await gateway.post(`/api/video-scraper/job/${first}/retry`, {})).json()
  expect((await gateway.get(`/api/video-scraper/job/${again.job_id}`)).json()).toMatchObject({
    metadata,
    retry_of: first,
  })
})

const entries = (count: number, value = 'x') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`name${at}`, value]))

const accepted: [string, unknown][] = [
  ['sixteen entries', entries(16)],
  ['a name of forty characters', { ['n'.repeat(40)]: '' }],
  ['a value of 500 characters', { name: 'x'.repeat(500) }],
  [
    '2048 bytes together',
    { a: 'x'.repeat(500), b: 'x'.repeat(500), c: 'x'.repeat(500), d: 'x'.repeat(500), e: 'x'.repeat(43) },
  ],
]

test.each(accepted)('%s are taken', async (_name, given) => {
  const gateway = await rig.standing()
  const id = await made(gateway, 'info', { metadata: given })
  expect((await gateway.get(`/api/video-scraper/job/${id}`)).json().metadata).toEqual(given)
})

const refused: [string, unknown][] = [
  ['seventeen entries', entries(17)],
  ['a name of 41 characters', { ['n'.repeat(41)]: '' }],
  ['an empty name', { '': 'x' }],
  ['a name with a colon', { 'a:b': 'x' }],
  ['a name with a space', { 'a b': 'x' }],
  ['a name of another script', { größe: 'x' }],
  ['a value of 501 characters', { name: 'x'.repeat(501) }],
  ['a number', { name: 1 }],
  ['null as a value', { name: null }],
  ['an object as a value', { name: { deep: 'x' } }],
  [
    '2049 bytes together',
    { a: 'x'.repeat(500), b: 'x'.repeat(500), c: 'x'.repeat(500), d: 'x'.repeat(500), e: 'x'.repeat(44) },
  ],
  ['characters of four bytes', { a: '😀'.repeat(250), b: '😀'.repeat(250), c: '😀'.repeat(20) }],
  ['a list', ['x']],
  ['a text', 'x'],
  ['null', null],
]

test.each(refused)('%s is a 400 that names the field', async (_name, given) => {
  const { post } = await rig.standing()
  for (const kind of kinds) {
    const reply = await post(`/api/video-scraper/${kind}`, { url, metadata: given })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
    expect(JSON.stringify(reply.json().details)).toContain('/metadata')
  }
})

test('half of a character comes back as what Redis makes of it, and the rest stays', async () => {
  const gateway = await rig.standing()
  const id = await made(gateway, 'info', { metadata: { name: 'a\ud83d' } })
  expect((await gateway.get(`/api/video-scraper/job/${id}`)).json().metadata).toEqual({ name: 'a\ufffd' })
})

test('the order of entries makes no other request of a repeat, and another value does', async () => {
  const { post } = await rig.standing()
  const headers = { 'idempotency-key': 'metadata' }
  const ask = (given: object) => post('/api/video-scraper/info', { url, metadata: given }, headers)
  const first = await ask({ a: '1', b: '2' })
  const second = await ask({ b: '2', a: '1' })
  expect(second.json()).toEqual(first.json())
  expect((await ask({ a: '1', b: '3' })).json().code).toBe('idempotency_key_reused')
  expect((await ask({})).json().code).toBe('idempotency_key_reused')
})
