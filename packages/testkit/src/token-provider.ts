/** A provider of PO tokens that speaks bgutil's protocol over HTTP, and answers as badly as it is asked to. */
import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { boundPort, closed } from './listening.ts'

/** What it does with each question. `endless`: it sends a gigabyte. */
export type TokenProviderManner = 'gives tokens' | 'never answers' | 'html' | 'endless' | 'error' | 'redirects'

export interface TokenProviderStandIn {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** What was asked for, oldest first: `GET /ping`, and the fields of each question. */
  readonly asked: readonly { readonly request: string; readonly fields: Readonly<Record<string, unknown>> }[]
  /** How many bytes of an endless answer it could send. */
  readonly sentBytes: number
  behave(manner: TokenProviderManner): void
  stop(): Promise<void>
}

/** The token that belongs to visitor data or to a video: whoever knows what it is for can check it. */
export const poTokenFor = (binding: string): string =>
  createHash('sha512').update(`PO token for ${binding}`).digest('base64url').slice(0, 84)

const ENDLESS_BYTES = 10 ** 9
const CHUNK = Buffer.alloc(64 * 1024, '{"poToken": "')

export async function startTokenProvider(): Promise<TokenProviderStandIn> {
  const asked: { request: string; fields: Record<string, unknown> }[] = []
  const sockets = new Set<Socket>()
  let manner: TokenProviderManner = 'gives tokens'
  let sentBytes = 0

  const sendForLong = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': ENDLESS_BYTES })
    const more = () => {
      while (!response.destroyed && sentBytes < ENDLESS_BYTES) {
        sentBytes += CHUNK.length
        if (!response.write(CHUNK)) return
      }
    }
    response.on('drain', more)
    more()
  }
  const sendJson = (response: ServerResponse, status: number, value: object): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  const answers: Record<TokenProviderManner, (response: ServerResponse, binding: string | null) => void> = {
    'gives tokens': (response, binding) =>
      binding === null
        ? sendJson(response, 200, { server_uptime: 1, version: '2.0.2' })
        : sendJson(response, 200, {
            poToken: poTokenFor(binding),
            contentBinding: binding,
            expiresAt: new Date(Date.now() + 21_600_000).toISOString(),
          }),
    'never answers': () => undefined,
    html: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
    endless: sendForLong,
    error: (response) => sendJson(response, 500, { error: 'BotGuard could not be started' }),
    redirects: (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const fields = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      asked.push({ request: `${request.method} ${request.url}`, fields })
      answers[manner](response, request.method === 'GET' ? null : String(fields.content_binding))
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    get sentBytes() {
      return sentBytes
    },
    behave(wanted) {
      manner = wanted
    },
    async stop() {
      const stopped = closed(server)
      for (const socket of sockets) socket.destroy()
      await stopped
    },
  }
}
