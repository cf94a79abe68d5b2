/** Where the gateway listens: one address, or for `localhost` loopback in both families. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** What a machine without IPv6 says. */
const NO_SUCH_FAMILY: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

interface Listening {
  /** Closes what `app.close()` knows nothing of; call it before. */
  close(): void
}

/** Resolves when every address is listened on; rejects when one is taken. */
export async function listenOn(app: FastifyInstance, host: string, port: number): Promise<Listening> {
  if (host !== 'localhost') {
    await app.listen({ host, port })
    return { close: () => undefined }
  }
  await app.listen({ host: '127.0.0.1', port })
  const listener = await listenBeside(app, '::1', (app.server.address() as AddressInfo).port)
  return { close: () => void listener?.close() }
}

/**
 * Hands what connects on a further address to the one HTTP server there is. Fastify would make a second server for it,
 * whose malformed requests it does not answer and whose connections it does not drain.
 */
async function listenBeside(app: FastifyInstance, host: string, port: number): Promise<Server | null> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    app.server.emit('connection', socket),
  )
  try {
    listener.listen({ host, port })
    await once(listener, 'listening')
    return listener
  } catch (error) {
    if (NO_SUCH_FAMILY.has((error as NodeJS.ErrnoException).code)) return null
    throw error
  }
}
