/** Says once when a reverse proxy seems to stand in front of the gateway and nobody has said that it may be believed. */
import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Anybody can send `X-Forwarded-For`, so this is a hint and no more; one line in the life of a process, since a client
 * could otherwise fill the log with it.
 */
export function warnOfUntrustedProxy(app: FastifyInstance): void {
  let warned = false
  app.addHook('onRequest', (request, _reply, done) => {
    if (!warned && isForwardedByStranger(request)) {
      warned = true
      const peer = request.socket.remoteAddress
      request.log.warn(
        { peer, setting: 'TRUST_PROXY' },
        `X-Forwarded-For came from ${peer}, which is not in TRUST_PROXY, and was ignored: all clients behind it count as one. ` +
          `If this is your reverse proxy, set TRUST_PROXY=${peer}. This is said once.`,
      )
    }
    done()
  })
}

/** With a trusted peer `ips` holds the peer and whom it speaks for; without trusted proxies there is no such list. */
const isForwardedByStranger = ({ headers, ips }: FastifyRequest): boolean =>
  headers['x-forwarded-for'] !== undefined && (ips?.length ?? 1) === 1
