/** A client's own store, as a presigned PUT sees it: a real HTTP server that keeps what it is sent whole, and answers as it is asked to. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { boundPort, closed } from './listening.ts'

export interface SentObject {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Of what has come so far. */
  readonly bytes: number
  /** Null until all of it has come. */
  readonly sha256: string | null
}

/**
 * What a request gets: a status once it has come whole, or before its body (`early`); nothing more once its first bytes
 * have come (`stall`), which are then the only ones that are read; the end of the connection then (`close`); or no answer (`hang`).
 */
export type StoreAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly early?: boolean }
  | 'stall'
  | 'close'
  | 'hang'

export interface ObjectStore {
  /** `127.0.0.1:PORT`, as `EGRESS_ALLOW` wants it. */
  readonly target: string
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** Every request so far, in order. */
  readonly sent: readonly SentObject[]
  /** What the next requests get, in order; after the last of them 200 again. */
  answer(...answers: StoreAnswer[]): void
  stop(): Promise<void>
}

type Writable<Each> = { -readonly [Key in keyof Each]: Each[Key] }

export async function startObjectStore(): Promise<ObjectStore> {
  const sent: Writable<SentObject>[] = []
  const next: StoreAnswer[] = []
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '', headers } = request
    const object: Writable<SentObject> = { method, path, headers, bytes: 0, sha256: null }
    sent.push(object)
    const answer = next.shift() ?? { status: 200 }
    if (typeof answer === 'object' && answer.early) return void give(response, answer)
    if (headers.expect !== undefined) response.writeContinue()
    receive(request, response, object, answer)
  }
  const server = createServer(take).on('checkContinue', take)
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    target: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    sent,
    answer: (...answers) => void next.push(...answers),
    stop: () => {
      server.closeAllConnections()
      return closed(server)
    },
  }
}

function receive(
  request: IncomingMessage,
  response: ServerResponse,
  object: Writable<SentObject>,
  answer: StoreAnswer,
): void {
  const digest = createHash('sha256')
  request.on('error', () => undefined)
  request.on('data', (chunk: Buffer) => {
    object.bytes += chunk.length
    digest.update(chunk)
    if (answer === 'stall') request.pause()
    if (answer === 'close') request.socket.destroy()
  })
  request.once('end', () => {
    if (!request.complete) return
    object.sha256 = digest.digest('hex')
    if (typeof answer === 'object') give(response, answer)
  })
}

const give = (
  response: ServerResponse,
  { status, headers = {} }: { status: number; headers?: Record<string, string> },
) => response.writeHead(status, headers).end()
