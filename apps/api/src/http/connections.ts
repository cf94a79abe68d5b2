/** Which connections are being answered: closing waits for those and for no other. */
import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

export interface Connections {
  /** Whether part of an answer has been sent on this connection, and the rest is still to come. */
  isAnswering(socket: Socket): boolean
  /** Ends the connections that nobody waits on, and the others after their answer, at the latest after `withinMs`. */
  drain(withinMs: number): Promise<void>
}

const LOOK_EVERY_MS = 20

export function watchConnections(server: Server): Connections {
  /** Open connections, with the answers owed on each: a client may send requests ahead. */
  const owed = new Map<Socket, Set<ServerResponse>>()
  server.on('connection', (socket) => {
    owed.set(socket, new Set())
    socket.once('close', () => owed.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    owed.get(socket)?.add(response)
    response.once('close', () => owed.get(socket)?.delete(response))
  })
  const destroyWhere = (test: (answers: number) => boolean) => {
    for (const [socket, answers] of owed) if (test(answers.size)) socket.destroy()
  }

  return {
    isAnswering: (socket) => [...(owed.get(socket) ?? [])].some(({ headersSent }) => headersSent),
    async drain(withinMs) {
      const deadline = Date.now() + withinMs
      // Node counts a connection that never sent a byte, such as one a browser opened ahead, as busy; so this does it.
      while (owed.size > 0 && Date.now() < deadline) {
        destroyWhere((answers) => answers === 0)
        await delay(LOOK_EVERY_MS)
      }
      destroyWhere(() => true)
    },
  }
}

/**
 * Lets the gateway close soon. From the moment of closing each answer is the last one on its connection; a client that
 * takes longer than `withinMs` to receive its file is cut off, and continues with a range request elsewhere. What is held
 * open on purpose is ended by `endHeld` first.
 */
export function drainOnClose(
  app: FastifyInstance,
  connections: Connections,
  { withinMs, endHeld }: { withinMs: number; endHeld: () => void },
): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    // Refuses new connections from now on; Fastify would do so only after this hook.
    if (app.server.listening) app.server.close()
    endHeld()
    await connections.drain(withinMs)
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close')
    done()
  })
}
