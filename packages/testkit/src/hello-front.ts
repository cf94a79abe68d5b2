/** A TCP server in front of one of TLS: it reads how a client introduces itself, and passes every byte on. */
import { createServer, type Server, type Socket } from 'node:net'
import { type ClientHello, isIncomplete, readClientHello } from './client-hello.ts'

const HELLO_BYTES_MAX = 16_384

export interface HelloFront {
  /** Listens, and is closed, in place of the server behind it. */
  readonly server: Server
  /** How the client of a connection introduced itself; null where it did not, or its port is not known. */
  helloOf(remotePort: number | undefined): ClientHello | null
}

/** `behind` must not listen itself. */
export function readHellosBefore(behind: Server): HelloFront {
  const hellos = new Map<number, ClientHello | null>()
  const server = createServer((socket) => {
    const { remotePort = 0 } = socket
    socket.once('close', () => hellos.delete(remotePort))
    socket.on('error', () => socket.destroy())
    readBeginning(socket, (beginning) => {
      hellos.set(remotePort, readClientHello(beginning))
      socket.unshift(beginning)
      behind.emit('connection', socket)
    })
  })
  return { server, helloOf: (remotePort) => (remotePort && hellos.get(remotePort)) || null }
}

function readBeginning(socket: Socket, done: (beginning: Buffer) => void): void {
  let beginning = Buffer.alloc(0)
  const read = (chunk: Buffer): void => {
    beginning = Buffer.concat([beginning, chunk])
    if (isIncomplete(beginning) && beginning.length < HELLO_BYTES_MAX) return
    socket.off('data', read)
    socket.pause()
    done(beginning)
  }
  socket.on('data', read)
}
