/** TLS in front of a server that has none: what comes is decrypted and passed on, byte for byte. */
import { connect, type Socket } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import type { Identity } from './certificates.ts'
import { boundPort, closed } from './listening.ts'

interface TlsFrontOptions {
  readonly identity: Identity
  /** The port of the server on loopback. */
  readonly to: number
  /** What versions and ciphers are taken. Default: those of Node. */
  readonly terms?: Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ciphers'>
}

export interface TlsFront {
  readonly port: number
  stop(): Promise<void>
}

/** Listens on a free port of loopback. */
export async function startTlsFront({ identity, to, terms = {} }: TlsFrontOptions): Promise<TlsFront> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const server = createServer({ ...identity, ...terms }, (secure) => {
    const behind = connect(to, '127.0.0.1')
    for (const socket of [secure, behind]) keep(socket)
    secure.pipe(behind).pipe(secure)
  })
  const port = await boundPort(server, { host: '127.0.0.1', port: 0 })
  return {
    port,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return closed(server)
    },
  }
}
