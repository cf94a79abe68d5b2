/** Somebody who wants to be notified: a real HTTP server that takes webhooks and answers as it is asked to. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { boundPort, closed } from './listening.ts'

export interface ReceivedWebhook {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body, exactly as it came. */
  readonly text: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** How it answers: a status with headers and body, after so many milliseconds, or as badly as a receiver can. */
export type WebhookAnswer =
  | { status: number; headers?: Record<string, string>; body?: string; afterMs?: number }
  | 'hang'
  | 'close'
  | 'ten megabytes'

export interface WebhookReceiver {
  /** `http://127.0.0.1:PORT/hook` */
  readonly url: string
  /** `127.0.0.1:PORT`, as `EGRESS_ALLOW` wants it. */
  readonly target: string
  /** The same with a name, `localhost:PORT`: another host for whoever goes by names. */
  readonly alias: string
  received(): readonly ReceivedWebhook[]
  /** What the next requests get, in order; after the last of them 200 again. */
  answer(...answers: WebhookAnswer[]): void
  /** What every request to this path gets, whatever else was said. */
  answerAt(path: string, answer: WebhookAnswer): void
  /** What every request gets that nothing was said for. Default 200. */
  usually(answer: WebhookAnswer): void
  stop(): Promise<void>
}

/** `port`: default 0, any free one. */
export async function startWebhookReceiver({
  port: wanted = 0,
}: {
  readonly port?: number
} = {}): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  const next: WebhookAnswer[] = []
  const byPath = new Map<string, WebhookAnswer>()
  let usual: WebhookAnswer = { status: 200, body: 'ok' }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers } = request
      received.push({ path, headers, text: Buffer.concat(chunks).toString(), at: Date.now() })
      give(response, byPath.get(path) ?? next.shift() ?? usual)
    })
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: wanted })
  return {
    url: `http://127.0.0.1:${port}/hook`,
    target: `127.0.0.1:${port}`,
    alias: `localhost:${port}`,
    received: () => received,
    answer: (...answers) => void next.push(...answers),
    answerAt: (path, answer) => void byPath.set(path, answer),
    usually: (answer) => {
      usual = answer
    },
    stop: () => {
      server.closeAllConnections()
      return closed(server)
    },
  }
}

function give(response: ServerResponse, answer: WebhookAnswer): void {
  if (answer === 'hang') return
  if (answer === 'close') return void response.destroy()
  if (answer === 'ten megabytes') return void response.end(Buffer.alloc(10 * 2 ** 20, 'x'))
  const { status, headers, body = '', afterMs = 0 } = answer
  setTimeout(() => response.writeHead(status, headers).end(body), afterMs)
}
