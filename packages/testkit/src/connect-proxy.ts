/** A proxy of an operator: CONNECT with credentials, and an address of its own from which it reaches out. */
import { connect, createServer, type Socket } from 'node:net'
import { boundPort, closed } from './listening.ts'

interface ConnectProxyOptions {
  /** An address of loopback, such as `127.0.0.2`: a site sees by it which proxy asks. */
  readonly from: string
  readonly user: string
  readonly password: string
}

export interface ConnectProxy {
  /** `http://user:password@127.0.0.1:PORT` */
  readonly url: string
  readonly from: string
  /** What was asked for, as `host:port`, oldest first. */
  readonly asked: readonly string[]
  /** How many were refused for their credentials. */
  readonly refused: number
  /** Ends all connections, and takes no more until `start`. */
  stop(): Promise<void>
  /** Takes connections again, on the same port. */
  start(): Promise<void>
}

const HEAD_BYTES_MAX = 16 * 1024

/** It takes connections already. */
export async function startConnectProxy({ from, user, password }: ConnectProxyOptions): Promise<ConnectProxy> {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let refused = 0
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const answer = (client: Socket, head: string) => {
    const [, host = '', port = ''] = /^CONNECT ([\d.]+):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? []
    if (!head.includes(`\r\nProxy-Authorization: ${expected}\r\n`)) {
      refused += 1
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    asked.push(`${host}:${port}`)
    const onward = track(connect({ host, port: Number(port), localAddress: from }))
    onward.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(onward).pipe(client)
    })
    onward.once('close', () => client.destroy())
    client.once('close', () => onward.destroy())
  }
  const server = createServer((client) => {
    track(client)
    let head = ''
    const take = (bytes: Buffer) => {
      head += bytes.toString('latin1')
      if (head.length > HEAD_BYTES_MAX) client.destroy()
      if (!head.includes('\r\n\r\n')) return
      client.off('data', take)
      client.pause()
      answer(client, head)
    }
    client.on('data', take)
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    url: `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    from,
    asked,
    get refused() {
      return refused
    },
    async stop() {
      const ended = server.listening ? closed(server) : Promise.resolve()
      for (const socket of sockets) socket.destroy()
      await ended
    },
    start: async () => void (await boundPort(server, { host: '127.0.0.1', port })),
  }
}
