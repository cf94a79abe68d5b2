/** An owner reaches its own jobs and files and nobody else's: somebody else's id is the same 404 as one that never was. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import type { LightMyRequestResponse } from 'fastify'
import { type Gateway, useApi } from './api-rig.ts'
import { documentOf, type Operation } from './documented-replies.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const API = '/api/video-scraper'
const URL = 'https://example.com/video'
const SCOPES = ['read', 'write', 'admin'] as const

/** Two keys at one gateway, each with every right, and what the first of them has made. */
async function twoOwners() {
  const gateway = await rig.gateway({ auth: 'api-key' })
  const headersOf = async (name: string) => {
    const { key } = await gateway.keyRing.create({ name, scopes: [...SCOPES] })
    return { authorization: `Bearer ${key}` }
  }
  const [mine, theirs] = [await headersOf('mine'), await headersOf('theirs')]
  await startWorker(rig)
  const info = (await gateway.post(`${API}/info`, { url: URL }, mine)).json().job_id
  const download = (await gateway.post(`${API}/download`, { url: URL }, mine)).json().download_id
  const file = await eventually(async () => {
    const [job, found] = [
      await statusOf(gateway, `/job/${info}`, mine),
      await statusOf(gateway, `/status/${download}`, mine),
    ]
    return job.status === 'completed' && found.status === 'completed' ? (found.filename as string) : (false as const)
  })
  return { gateway, mine, theirs, info, download, file }
}

const statusOf = async ({ get }: Gateway, path: string, headers: Record<string, string>) =>
  (await get(`${API}${path}`, headers)).json()

type Owners = Awaited<ReturnType<typeof twoOwners>>

/**
 * For each kind of parameter that a path can have: what the first owner has, and what never was. A new kind of thing that
 * somebody owns gets its row here. Keys belong to nobody: whoever manages keys manages all.
 */
const things: Record<string, ((owners: Owners) => { theirs: string[]; never: string[] }) | null> = {
  job_id: ({ info, download }) => ({ theirs: [info, download], never: [unlike(info), unlike(download)] }),
  download_id: ({ info, download }) => ({ theirs: [info, download], never: [unlike(info), unlike(download)] }),
  filename: ({ file }) => ({ theirs: [file], never: [unlike(file)] }),
  key_id: null,
  // Their own test holds them (webhooks.test.ts).
  webhook_id: null,
  // Each owner has names of its own, so PUT with somebody else's makes a set (cookies.test.ts).
  name: null,
}

/** The same form with another last digit of the id. */
const unlike = (id: string) => id.replace(/[0-9a-f](?=$|\.)/, (digit) => (digit === '0' ? '1' : '0'))

/** All that a client can compare. */
function seen({ statusCode, headers, body }: LightMyRequestResponse) {
  const { 'x-request-id': _, date: _date, ...rest } = headers
  return { statusCode, body: body.replace(/"request_id":"[^"]*"/, ''), headers: rest }
}

/** What is opened by its token alone asks for that before anything is looked up. */
const refusalAt = (path: string) => (path === `${API}/events/{job_id}` ? 400 : 404)

/** A GET answers HEAD too, unless what it answers has no end. */
const hasHead = ({ get }: Record<string, Operation>) =>
  get !== undefined && !('text/event-stream' in (get.responses['200']?.content ?? {}))

test('every operation with an id or a name tells somebody else’s from one that never was by nothing', async () => {
  const owners = await twoOwners()
  const { gateway, theirs, mine } = owners
  const { document } = documentOf(gateway.app)
  const asked: string[] = []
  for (const [path, methods] of Object.entries(document.paths)) {
    const [name = ''] = [...path.matchAll(/\{([^}]+)\}/g)].map(([, one]) => one)
    if (name === '') continue
    expect(Object.keys(things)).toContain(name)
    const ids = things[name]?.(owners)
    if (ids === undefined) continue
    for (const method of [...Object.keys(methods), ...(hasHead(methods) ? ['head'] : [])]) {
      const answers = new Set<string>()
      for (const id of [...ids.theirs, ...ids.never]) {
        const url = path.replace(`{${name}}`, id)
        const reply = await gateway.ask({ method: method.toUpperCase() as 'GET', url, headers: theirs })
        answers.add(JSON.stringify(seen(reply)))
        expect([method, path, reply.statusCode]).toEqual([method, path, refusalAt(path)])
      }
      expect([method, path, answers.size]).toEqual([method, path, 1])
      asked.push(`${method} ${path}`)
    }
  }
  expect(asked.length).toBeGreaterThanOrEqual(7)

  // Nothing of it has done anything to what was asked for.
  const { info, download, file } = owners
  expect((await gateway.get(`${API}/job/${info}`, mine)).json().status).toBe('completed')
  expect((await gateway.get(`${API}/status/${download}`, mine)).json().status).toBe('completed')
  expect((await gateway.get(`${API}/download/${file}`, mine)).statusCode).toBe(200)
})

test('lists show own jobs and own files, also from a place in somebody else’s list', async () => {
  const { gateway, mine, theirs, info, download, file } = await twoOwners()
  const ids = async (headers: Record<string, string>, query = '') =>
    (await gateway.get(`${API}/jobs${query}`, headers)).json().jobs.map(({ id }: { id: string }) => id)
  expect((await ids(mine)).sort()).toEqual([info, download].sort())
  expect(await ids(theirs)).toEqual([])
  expect((await gateway.get(`${API}/downloads`, theirs)).json()).toEqual([])
  const names = (await gateway.get(`${API}/downloads`, mine))
    .json()
    .map(({ filename }: { filename: string }) => filename)
  expect(names).toEqual([file])
  const { next_cursor: cursor } = (await gateway.get(`${API}/jobs?limit=1`, mine)).json()
  expect(await ids(theirs, `?cursor=${cursor}`)).toEqual([])
})

test('the same Idempotency-Key of two keys is two, and neither counts against the other', async () => {
  const gateway = await rig.gateway({ auth: 'api-key', rateLimitPerMinute: 1 })
  const made = []
  for (const name of ['mine', 'theirs']) {
    const { key } = await gateway.keyRing.create({ name, scopes: ['write'] })
    const post = () => gateway.post(`${API}/info`, { url: URL }, { 'x-api-key': key, 'idempotency-key': 'the-same' })
    const [first, again] = [await post(), await post()]
    expect([first.statusCode, first.headers['idempotency-replayed']]).toEqual([202, undefined])
    expect([again.statusCode, again.json()]).toEqual([202, first.json()])
    made.push(first.json().job_id)
  }
  expect(new Set(made).size).toBe(2)
})

test('a running job is neither seen nor stopped by another key, and its owner stops it', async () => {
  const gateway = await rig.gateway({ auth: 'api-key' })
  const keyOf = async (name: string) => {
    const { key } = await gateway.keyRing.create({ name, scopes: ['read', 'write'] })
    return { authorization: `Bearer ${key}` }
  }
  const [mine, theirs] = [await keyOf('mine'), await keyOf('theirs')]
  const id = (await gateway.post(`${API}/download`, { url: URL }, mine)).json().download_id
  expect((await gateway.post(`${API}/job/${id}/cancel`, {}, theirs)).statusCode).toBe(404)
  expect((await gateway.get(`${API}/status/${id}`, mine)).json().status).toBe('in_progress')
  expect((await gateway.post(`${API}/job/${id}/cancel`, {}, mine)).statusCode).toBe(200)
  expect((await gateway.post(`${API}/job/${id}/retry`, {}, theirs)).statusCode).toBe(404)
  expect((await gateway.post(`${API}/job/${id}/retry`, {}, mine)).statusCode).toBe(202)
})

test('a file whose time is over is file_expired for its owner and not there for another', async () => {
  const owners = await twoOwners()
  const { gateway, mine, theirs, file } = owners
  const entry = await rig.files.find(file)
  if (entry === null) throw new Error('The file is not in the index.')
  await rig.files.add({ ...entry, expiresAt: 1 })
  const url = `${API}/download/${file}`
  expect((await gateway.get(url, mine)).json().code).toBe('file_expired')
  expect(seen(await gateway.get(url, theirs))).toEqual(
    seen(await gateway.get(`${API}/download/${unlike(file)}`, theirs)),
  )
})

test('what was made without keys belongs to no key, and a rotated key keeps what it has', async () => {
  const open = await rig.gateway()
  const id = (await open.post(`${API}/info`, { url: URL })).json().job_id
  const gateway = await rig.gateway({ auth: 'api-key' })
  const { key, record } = await gateway.keyRing.create({ name: 'mine', scopes: [...SCOPES] })
  expect((await gateway.get(`${API}/job/${id}`, { 'x-api-key': key })).statusCode).toBe(404)

  const own = (await gateway.post(`${API}/info`, { url: URL }, { 'x-api-key': key })).json().job_id
  const { key: next } = await gateway.keyRing.rotate(record.id, 0)
  expect((await gateway.get(`${API}/job/${own}`, { 'x-api-key': next })).statusCode).toBe(200)
})
