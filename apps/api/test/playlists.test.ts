/** POST /playlist and the entries of a playlist: what is refused and why, pages, and a status whose cost does not grow with the list. */
import { expect, test } from '@jest/globals'
import { childIdOf, type EntryRow } from '@video-scraper/queue'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const API = '/api/video-scraper'
const url = 'https://example.com/list'
const FACTS = { title: 'A list', warnings: [] }

const rows = (count: number): EntryRow[] =>
  Array.from({ length: count }, (_, at) => ({
    listed: { position: at + 1, url: `https://example.com/${at + 1}`, title: `Entry ${at + 1}` },
    outcome: null,
  }))

async function made({ post }: Gateway, body: object = {}): Promise<string> {
  const reply = await post(`${API}/playlist`, { url, ...body })
  expect(reply.statusCode).toBe(202)
  return reply.json().job_id
}

test('a playlist is accepted with its own words, and its status leads to it', async () => {
  const gateway = await rig.standing()
  const reply = await gateway.post(`${API}/playlist`, { url, items: '1-20,-1', options: { quality: '720p' } })
  expect([reply.statusCode, reply.json()]).toEqual([
    202,
    {
      job_id: expect.stringMatching(/^playlist_[0-9a-f]{32}$/),
      status: 'processing',
      message: 'The list will be read, and a job is made of each entry',
    },
  ])
  const id = reply.json().job_id
  expect(reply.headers.location).toBe(`${API}/job/${id}`)
  expect((await gateway.get(`${API}/job/${id}`)).json()).toMatchObject({ kind: 'playlist', message: 'Queued' })
  expect((await gateway.jobs.find(id))?.envelope.options).toEqual({ items: '1-20,-1', options: { quality: '720p' } })
})

test('what is meant anyway is not written down, also among the options of entries', async () => {
  const gateway = await rig.standing()
  const id = await made(gateway, { of: 'download', options: { strict: false, media: 'video', format_id: null } })
  expect((await gateway.jobs.find(id))?.envelope.options).toEqual({})
})

const refused: [string, object, string][] = [
  ['no place at all', { items: '1,,2' }, '/items'],
  ['letters', { items: 'first' }, '/items'],
  ['a place that is none', { items: '0' }, '/items'],
  ['a range that ends before it begins', { items: '1,5-2' }, '/items'],
  ['a step that leads away', { items: '1:5:-1' }, '/items'],
  ['too long', { items: '1,'.repeat(150) }, '/items'],
  ['no entries', { max_items: 0 }, '/max_items'],
  ['more than the service allows', { max_items: 11 }, '/max_items'],
  ['an unknown kind', { of: 'playlist' }, '/of'],
  ['an option of no kind', { options: { colour: 'red' } }, '/options/colour'],
  ['an option that stands beside', { options: { cookies: 'mine' } }, '/options/cookies'],
  ['a country that stands beside', { options: { country: 'DE' } }, '/options/country'],
  ['an option of the other kind', { of: 'info', options: { quality: '720p' } }, '/options/quality'],
  ['an option of the other kind by default', { options: { media_urls: true } }, '/options/media_urls'],
  ['a wrong value', { options: { quality: 720 } }, '/options/quality'],
  ['options that clash', { options: { media: 'audio', quality: '720p' } }, '/options/media'],
  ['a format id that is none', { options: { format_id: 'best[height<720]' } }, '/options/format_id'],
  ['a longer time than files are kept', { retention_seconds: 7200 }, '/retention_seconds'],
]

test.each(refused)('%s is refused with a 400 that names the field', async (_, body, field) => {
  const gateway = await rig.gateway({ playlistItemsMax: 10, retentionSeconds: 3600 })
  const reply = await gateway.post(`${API}/playlist`, { url, ...body })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  const named = reply.json().details.map((one: { field: string }) => one.field)
  expect(named.some((one: string) => one === field || one === field.replace(/\/[^/]+$/, ''))).toBe(true)
})

test('a country without an exit is refused when the playlist is asked for, and not by each of its jobs', async () => {
  const gateway = await rig.standing()
  const reply = await gateway.post(`${API}/playlist`, { url, country: 'DE' })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'unknown_country'])
})

test('options of a playlist are none of a download', async () => {
  const gateway = await rig.standing()
  expect((await gateway.post(`${API}/download`, { url, items: '1' })).statusCode).toBe(400)
})

test('entries come page by page, each with its job as it is now', async () => {
  const gateway = await rig.standing()
  const id = await made(gateway, { of: 'info' })
  const entriesAt = async (query: string) => (await gateway.get(`${API}/job/${id}/entries?${query}`)).json()
  expect(await entriesAt('')).toEqual({ entries: [], next_cursor: null })
  await gateway.jobs.entryTables.write(id, FACTS, rows(5))
  const job = await gateway.jobs.find(id)
  if (job === null) throw new Error('no playlist')
  const childId = childIdOf('info', id, 0)
  await gateway.jobs.submit({ ...job.envelope, kind: 'info', options: {}, parent: { id, entry: 0 } }, { id: childId })
  await gateway.jobs.entryTables.opened(id, 0)
  await gateway.jobs.entryTables.closed(id, 1, { state: 'failed', code: 'private_video' })
  await gateway.jobs.entryTables.closed(id, 2, { state: 'skipped', skipCode: 'duplicate' })
  const first = await entriesAt('limit=3')
  expect(first).toEqual({
    entries: [
      expect.objectContaining({ position: 1, job_id: childId, status_url: `${API}/job/${childId}`, state: 'queued' }),
      expect.objectContaining({ position: 2, state: 'failed', code: 'private_video' }),
      expect.objectContaining({ position: 3, job_id: null, state: 'skipped', skip_code: 'duplicate' }),
    ],
    next_cursor: '3',
  })
  const second = await entriesAt(`limit=3&cursor=${first.next_cursor}`)
  expect(second.entries.map(({ position, state }: Record<string, unknown>) => [position, state])).toEqual([
    [4, 'queued'],
    [5, 'queued'],
  ])
  expect(second.next_cursor).toBeNull()
  expect((await gateway.get(`${API}/job/${childId}`)).json()).toMatchObject({ parent_id: id })
  const listed = (await gateway.get(`${API}/jobs?parent_id=${id}`)).json().jobs
  expect(listed).toMatchObject([{ id: childId, parent_id: id }])
  for (const cursor of ['x', '-1', '99999'])
    expect((await gateway.get(`${API}/job/${id}/entries?cursor=${cursor}`)).statusCode).toBe(400)
})

test('a job of another kind has no entries, and somebody else’s playlist was never there', async () => {
  const gateway = await rig.standing()
  const info = (await gateway.post(`${API}/info`, { url })).json().job_id
  for (const id of [info, `playlist_${'0'.repeat(32)}`])
    expect((await gateway.get(`${API}/job/${id}/entries`)).statusCode).toBe(404)
})

test('the status of a playlist reads as much of Redis with five thousand entries as with five', async () => {
  const gateway = await rig.standing()
  const [small, large] = [await made(gateway), await made(gateway)]
  await gateway.jobs.entryTables.write(small, FACTS, rows(5))
  await gateway.jobs.entryTables.write(large, FACTS, rows(5000))
  const connection = await rig.workerConnection()
  const sent = async () => Number(/total_net_output_bytes:(\d+)/.exec(await connection.info('stats'))?.[1])
  const costOf = async (path: string) => {
    const before = await sent()
    expect((await gateway.get(path)).statusCode).toBe(200)
    return (await sent()) - before
  }
  await costOf(`${API}/job/${small}`)
  const [five, thousands] = [await costOf(`${API}/job/${small}`), await costOf(`${API}/job/${large}`)]
  expect(Math.abs(thousands - five)).toBeLessThan(500)
  const [one, other] = [
    await costOf(`${API}/job/${small}/entries?limit=5`),
    await costOf(`${API}/job/${large}/entries?limit=5`),
  ]
  expect(Math.abs(other - one)).toBeLessThan(1000)
})
