/** A TCP listener that stands for something inside: a test shows that nobody ever connects to it. */
import { createServer, type Socket } from 'node:net'
import { boundPort, closed } from './listening.ts'

const CONNECTIONS_KEPT = 1000
const TEXT_KEPT = 1000

export interface SeenConnection {
  /** Epoch milliseconds. */
  readonly at: number
  /** The first 1000 bytes that arrived, as Latin-1. */
  received: string
}

export interface Listener {
  readonly host: '127.0.0.1'
  readonly port: number
  /** Every connection so far (at most 1000 are kept). An escape shows here together with what it said. */
  connections(): readonly SeenConnection[]
  stop(): Promise<void>
}

/** Listens on a free port of loopback. It accepts, records and never answers. */
export async function startListener(): Promise<Listener> {
  const seen: SeenConnection[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const connection: SeenConnection = { at: Date.now(), received: '' }
    if (seen.length < CONNECTIONS_KEPT) seen.push(connection)
    sockets.add(socket)
    socket.on('data', (bytes) => {
      connection.received = (connection.received + bytes.toString('latin1')).slice(0, TEXT_KEPT)
    })
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    host: '127.0.0.1',
    port,
    connections: () => seen,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return closed(server)
    },
  }
}
