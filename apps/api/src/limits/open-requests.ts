/** Requests that stay open: waiting ones and event streams. Bounded for each client and in all, and ended by closing. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'

declare module 'fastify' {
  interface FastifyInstance {
    held: OpenRequests
  }
}

export interface OpenRequest {
  /** Called once: the client went away, or the gateway closes and wants an answer now. */
  onEnd(end: () => void): void
  /** Gives the place back. Twice is fine. */
  release(): void
}

export interface OpenRequests {
  /** `client_full`: this client holds as many as it may. `full`: nobody can be held at the moment. */
  hold(request: FastifyRequest, reply: FastifyReply): OpenRequest | 'client_full' | 'full'
  /** Ends all of them, and holds none from then on. */
  endAll(): void
}

interface HeldLimits {
  /** Per limit subject; 0 for no limit. */
  perClient: number
  inAll: number
}

export function createOpenRequests({ perClient, inAll }: HeldLimits): OpenRequests {
  const held = new Set<OpenRequest & { end(): void }>()
  const clients = new Map<string, number>()
  let closing = false

  return {
    hold(request, { raw }) {
      const client = clientOf(request).limitSubject
      const count = clients.get(client) ?? 0
      if (perClient > 0 && count >= perClient) return 'client_full'
      if (closing || held.size >= inAll || raw.destroyed) return 'full'
      let onEnd = () => {}
      const end = () => {
        release()
        onEnd()
      }
      const release = () => {
        raw.off('close', end)
        if (!held.delete(one)) return
        const left = (clients.get(client) ?? 1) - 1
        if (left === 0) clients.delete(client)
        else clients.set(client, left)
      }
      const one = {
        onEnd(wanted: () => void) {
          onEnd = wanted
        },
        release,
        end,
      }
      held.add(one)
      clients.set(client, count + 1)
      raw.once('close', end)
      return one
    },
    endAll() {
      closing = true
      for (const one of [...held]) one.end()
    },
  }
}
