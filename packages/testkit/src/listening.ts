/** Servers that begin and end to listen, as promises. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Ephemeral ports begin at 32768 on Linux: below it, no outgoing connection takes a port while its server restarts. */
const LOWEST_PORT = 20_000
const HIGHEST_PORT = 32_000

/** Listens, and tells the port that was bound. */
export async function boundPort(server: Server, address: { host: string; port: number }): Promise<number> {
  server.listen(address.port, address.host)
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The server listens on no port.')
  return bound.port
}

/** Resolves when nothing listens any more; open connections must have been destroyed. */
export const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

/** A port of loopback that nobody used a moment ago. Whoever binds it must be ready to be refused, and try another. */
export async function freePort(): Promise<number> {
  const candidate = LOWEST_PORT + Math.floor(Math.random() * (HIGHEST_PORT - LOWEST_PORT))
  const server = createServer()
  try {
    const port = await boundPort(server, { host: '127.0.0.1', port: candidate })
    await closed(server)
    return port
  } catch {
    return freePort()
  }
}
