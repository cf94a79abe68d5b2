/** Small local servers and clients for the tests of the proxy; each ends with its test. */
import { once } from 'node:events'
import {
  type Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach } from '@jest/globals'

const endings: (() => unknown)[] = []

/** Runs after the test, also when it failed; last in, first out. */
export const whenDone = (ending: () => unknown): void => {
  endings.push(ending)
}

afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending()
})

async function listen(server: Server, host: string): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, host)
  await once(server, 'listening')
  whenDone(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

export const startHttp = (listener: RequestListener, host = '127.0.0.1'): Promise<number> =>
  listen(createServer(listener), host)

export const startTcp = (onConnection: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> =>
  listen(createTcpServer(onConnection), host)

export interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

interface AskOptions {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly agent?: Agent
  readonly body?: string
}

export const authorization = (proxyUrl: string): string => {
  const { username, password } = new URL(proxyUrl)
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** Asks the proxy for `target`, in absolute form as it is written. */
export async function ask(proxyUrl: string, target: string, options: AskOptions = {}): Promise<Reply> {
  const response = await begin(proxyUrl, target, options)
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
}

/** As `ask`, up to the head of the response. */
export async function begin(proxyUrl: string, target: string, options: AskOptions = {}): Promise<IncomingMessage> {
  const { hostname, port } = new URL(proxyUrl)
  const request = httpRequest({
    hostname,
    port,
    path: target,
    method: options.method ?? 'GET',
    headers: { 'Proxy-Authorization': authorization(proxyUrl), ...options.headers },
    ...(options.agent ? { agent: options.agent } : { agent: false }),
  })
  request.on('error', () => undefined)
  request.end(options.body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => undefined)
  return response
}

/** Sends CONNECT, with `early` right behind it, and returns the head of the answer and the socket, which is paused. */
export async function tunnel(
  proxyUrl: string,
  authority: string,
  early = '',
): Promise<{ head: string; socket: Socket }> {
  const { port } = new URL(proxyUrl)
  const socket = connect(Number(port), '127.0.0.1')
  whenDone(() => socket.destroy())
  socket.on('error', () => undefined)
  socket.write(
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Authorization: ${authorization(proxyUrl)}\r\n\r\n${early}`,
  )
  let head = ''
  while (!head.includes('\r\n\r\n')) {
    const [bytes] = (await once(socket, 'data')) as [Buffer]
    head += bytes.toString('latin1')
  }
  socket.pause()
  const end = head.indexOf('\r\n\r\n') + 4
  if (head.length > end) socket.unshift(Buffer.from(head.slice(end), 'latin1'))
  return { head: head.slice(0, end), socket }
}

/** Resolves when the stream is gone, in whatever way. Ask before it can go. */
export const gone = (stream: Readable): Promise<void> => new Promise((resolve) => stream.once('close', () => resolve()))

/** Writes until the other side is gone, never faster than it is read. */
export function writeForEver(response: ServerResponse | Socket): void {
  const bytes = Buffer.alloc(64 * 1024, 'x')
  const more = () => {
    while (!response.destroyed && response.write(bytes)) {
      // The loop ends when the buffer is full.
    }
  }
  response.on('drain', more)
  more()
}
