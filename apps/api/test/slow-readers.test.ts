/** Readers that stop: they cost a bounded piece of memory, miss steps between, and receive the end all the same. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import type { JobSnapshot } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { type EventStream, openEventStream } from '../src/events/event-stream.ts'
import { useApi } from './api-rig.ts'
import { createJob } from './guided-jobs.ts'
import { openSocket } from './raw-http.ts'

const rig = useApi()
const SNAPSHOTS = 10_000
/** All together 80 MB, many times of what the kernel keeps for a connection. */
const PADDING = '.'.repeat(8000)
const frameOf = ({ revision, state }: JobSnapshot) => `event: ${state}\nid: ${revision}\ndata: ${PADDING}\n\n`

interface Stopped {
  stream: EventStream
  response: ServerResponse
  /** How many events were made for this reader. */
  framesMade(): number
  endings(): number
  /** Of a real job that runs; `ended` for one that was cancelled. Ended jobs have odd revisions. */
  snapshot(revision: number): JobSnapshot
  ended(revision: number): JobSnapshot
  /** Reads on. */
  resume(): { text(): string; over(): boolean }
}

/** A reader that asks for a stream, and reads nothing of it. */
async function stoppedReader({ silenceMs = 0 } = {}): Promise<Stopped> {
  const gateway = await rig.standing()
  const { id } = await createJob(gateway, 'info')
  const job = await gateway.jobs.find(id)
  if (job === null) throw new Error('There is no job.')
  let made = 0
  let endings = 0
  const server = createServer()
  server.timeout = silenceMs
  const asked = once(server, 'request')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  rig.afterwards(() => server.close())
  const socket = await openSocket(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  socket.pause().on('error', () => undefined)
  rig.afterwards(() => socket.destroy())
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
  const response = ((await asked) as [unknown, ServerResponse])[1]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const stream = openEventStream({
    response,
    seen: -1,
    frameOf: (wanted) => {
      made += 1
      return frameOf(wanted)
    },
    onEnd: () => {
      endings += 1
    },
  })
  return {
    stream,
    response,
    framesMade: () => made,
    endings: () => endings,
    snapshot: (revision) => ({ ...job, state: 'running', revision: revision * 2 }),
    ended: (revision) => ({ ...job, state: 'cancelled', revision: revision * 2 + 1 }),
    resume: () => readOn(socket),
  }
}

function readOn(socket: Socket): { text(): string; over(): boolean } {
  let text = ''
  let over = false
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => {
    text += part
  })
  socket.once('close', () => {
    over = true
  })
  socket.resume()
  return { text: () => text, over: () => over }
}

/** As a job of which a lot is reported; returns the most that waited in memory for the reader, in bytes. */
async function tellAll({ stream, response, snapshot }: Stopped): Promise<number> {
  let most = 0
  for (let revision = 1; revision <= SNAPSHOTS; revision += 1) {
    stream.offer(snapshot(revision))
    most = Math.max(most, response.writableLength)
    // What the kernel takes, it takes between two turns.
    if (revision % 10 === 0) await nextTurn()
  }
  return most
}

const idsIn = (text: string) => [...text.matchAll(/\nid: (\d+)\n/g)].map(([, id]) => Number(id))
const endsIn = (text: string) => text.split('event: cancelled\n').length - 1

test('10,000 snapshots cost a stopped reader the memory of a few; it reads on with the newest, and then the end', async () => {
  const reader = await stoppedReader()
  const { stream, response, snapshot, ended } = reader
  const frameBytes = frameOf(snapshot(SNAPSHOTS)).length
  const most = await tellAll(reader)
  // The mark after which Node asks to wait may be passed by one event, and each has a few bytes around it.
  expect(most).toBeLessThan(response.writableHighWaterMark + 2 * frameBytes)
  expect(response.writableNeedDrain).toBe(true)
  // Those between were not even made.
  expect(reader.framesMade()).toBeLessThan(SNAPSHOTS / 2)

  const { text, over } = reader.resume()
  await eventually(() => expect(idsIn(text()).at(-1)).toBe(SNAPSHOTS * 2))
  expect(endsIn(text())).toBe(0)
  stream.offer(ended(SNAPSHOTS))
  await eventually(over)
  expect(idsIn(text()).at(-1)).toBe(SNAPSHOTS * 2 + 1)
  expect(endsIn(text())).toBe(1)
  expect(idsIn(text())).toEqual([...new Set(idsIn(text()))].sort((a, b) => a - b))
  expect(text().endsWith('0\r\n\r\n')).toBe(true)
})

test.each([
  ['nothing', () => undefined],
  ['the gateway closes', (stream: EventStream) => stream.end()],
  ['the job is removed', (stream: EventStream) => stream.offer(null)],
  ['the end is reported again', (stream: EventStream, end: JobSnapshot) => stream.offer(end)],
])('an end that comes while nobody reads is there when the reader goes on, if in between %s', async (_, happens) => {
  const reader = await stoppedReader()
  const { stream, response, ended, snapshot } = reader
  await tellAll(reader)
  stream.offer(ended(SNAPSHOTS))
  happens(stream, ended(SNAPSHOTS))
  expect(reader.endings()).toBe(1)
  expect(response.writableLength).toBeLessThan(response.writableHighWaterMark + 3 * frameOf(snapshot(SNAPSHOTS)).length)
  const { text, over } = reader.resume()
  await eventually(over)
  expect(idsIn(text()).at(-1)).toBe(SNAPSHOTS * 2 + 1)
  expect(endsIn(text())).toBe(1)
  expect(text().endsWith('0\r\n\r\n')).toBe(true)
})

test('heartbeats are not put before a stopped reader, so that its silence lets it go', async () => {
  const reader = await stoppedReader({ silenceMs: 500 })
  const { stream, response } = reader
  await tellAll(reader)
  const before = response.writableLength
  const heartbeats = setInterval(stream.heartbeat, 10)
  rig.afterwards(() => clearInterval(heartbeats))
  for (let count = 0; count < 1000; count += 1) stream.heartbeat()
  expect(response.writableLength).toBe(before)
  await eventually(() => response.destroyed)
})
