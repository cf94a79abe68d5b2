/** Reads server-sent events as a browser does: event by event, with the id to come back with. */
import { type IncomingMessage, request } from 'node:http'
import { constants, createGunzip } from 'node:zlib'

/** Gives out what has come so far, as browsers do. */
const FLUSHED = { flush: constants.Z_SYNC_FLUSH }

export interface ReceivedEvent {
  name: string
  id: string
  data: Record<string, unknown>
}

export interface EventReader {
  status: number
  headers: IncomingMessage['headers']
  /** What has come so far. */
  events: ReceivedEvent[]
  /** Lines that are no event: comments and `retry`. */
  others: string[]
  /** Resolves with whether the answer came to its proper end. */
  ended: Promise<boolean>
  /** The body of an answer that is no stream. */
  text(): string
  /** Goes away in the middle. */
  leave(): void
}

export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, resolve)
    // After the answer has begun, its own end says how it went.
    asked.on('error', reject)
    asked.end()
  })
  const body = response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip(FLUSHED)) : response
  const reader: EventReader = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events: [],
    others: [],
    ended: new Promise((resolve) => {
      body.once('end', () => resolve(true))
      body.once('error', () => resolve(false))
      response.once('close', () => response.complete || resolve(false))
    }),
    text: () => received,
    leave: () => response.destroy(),
  }
  let received = ''
  let rest = ''
  response.on('error', () => undefined)
  body.setEncoding('utf8')
  body.on('data', (part: string) => {
    received += part
    rest += part
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) take(reader, block)
  })
  return reader
}

function take(reader: EventReader, block: string): void {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
  if (fields.data === undefined) reader.others.push(block)
  else reader.events.push({ name: fields.event ?? '', id: fields.id ?? '', data: JSON.parse(fields.data) })
}
