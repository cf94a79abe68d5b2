/** A site that is allowed, and attacks whoever reads it; and what it wants to reach, which must never be reached. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** Listens on every address of this machine and takes notes. */
export interface Inside {
  readonly port: number
  /** The first words of every connection. */
  readonly seen: string[]
  stop(): Promise<void>
}

export interface HostileSite {
  readonly host: string
  /** An address at which this text is served with this type. */
  serve(text: string, type: string, extension?: string): string
  /** An address that leads to another, by so many hops of a status. */
  redirect(to: string, status?: number, hops?: number): string
  stop(): Promise<void>
}

async function listening(server: Server, host: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Both families where the machine has both, and every address that means this machine. */
export async function startInside(): Promise<Inside> {
  const seen: string[] = []
  const start = (host: string) =>
    listening(
      createTcpServer((socket) => {
        const index = seen.push('') - 1
        socket.on('data', (bytes) => {
          seen[index] = (seen[index] + bytes.toString('latin1')).slice(0, 300)
        })
      }),
      host,
    )
  const { port, stop } = await start('::').catch(() => start('0.0.0.0'))
  return { port, seen, stop }
}

export async function startHostileSite(): Promise<HostileSite> {
  const answers = new Map<string, (response: ServerResponse) => void>()
  const server = createServer((request, response) => {
    const answer = answers.get((request.url ?? '').split('?')[0] ?? '')
    if (answer) answer(response)
    else response.writeHead(404).end()
  })
  const { port, stop } = await listening(server, '127.0.0.1')
  const host = `127.0.0.1:${port}`
  let count = 0
  const place = (extension: string, answer: (response: ServerResponse) => void): string => {
    count += 1
    const path = `/${count}${extension}`
    answers.set(path, answer)
    return `http://${host}${path}`
  }
  return {
    host,
    stop,
    serve: (text, type, extension = '') =>
      place(extension, (response) => response.writeHead(200, { 'Content-Type': type }).end(text)),
    redirect(to, status = 302, hops = 1) {
      let target = to
      // As bytes, since a hostile server does not encode what it says.
      const location = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
      for (let hop = 0; hop < hops; hop += 1) {
        const next = target
        target = place('', (response) => response.writeHead(status, { Location: location(next) }).end())
      }
      return target
    },
  }
}
