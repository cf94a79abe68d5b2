/** The server itself: what it reads, how long it waits, how many it lets in, and how it closes. */
import type { Socket } from 'node:net'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { createOpenRequests } from '../limits/open-requests.ts'
import { type Connections, drainOnClose, watchConnections } from './connections.ts'
import { limitConnections } from './crowded-server.ts'
import { sendError } from './handle-errors.ts'
import { answerMalformedRequest } from './malformed-request.ts'
import { requestIdOf } from './request-id.ts'
import { addSecureHeaders } from './security-headers.ts'
import { CONNECTIONS_MAX, HELD_MAX, type Timeouts } from './timeouts.ts'
import { trustedPeers } from './trusted-peers.ts'

/** A body holds one URL and a format id; this is far above what JSON escapes can make of them. */
const BODY_BYTES_MAX = 32 * 1024
/** Node's limit for all headers together; an id of any length is then simply one that does not exist. */
const HEADER_BYTES_MAX = 16 * 1024

export interface ServerOptions {
  logger: FastifyBaseLogger
  /** Connections of one address, but for trusted proxies and those named here; 0 for no limit. */
  connections: { inAll?: number; perAddress: number; exempt: readonly string[] }
  /** Event streams and waiting requests per client that are open at once; 0 for no limit. */
  heldPerClient: number
  /** Addresses and CIDRs whose X-Forwarded-For is believed. */
  trustedProxies: string[]
}

export function createServer(options: ServerOptions, timeouts: Timeouts): FastifyInstance {
  const { logger, trustedProxies, heldPerClient } = options
  const { inAll = CONNECTIONS_MAX, perAddress, exempt } = options.connections
  let connections: Connections
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: timeouts.requestMs,
    connectionTimeout: timeouts.silenceMs,
    http: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: Math.min(timeouts.headersMs, 1000),
      requireHostHeader: false,
    },
    genReqId: requestIdOf,
    clientErrorHandler: (error: Error, socket: Socket) => answerMalformedRequest(error, socket, connections),
    frameworkErrors: (error, request, reply) => {
      // A path that cannot be decoded reaches neither a route nor a hook.
      addSecureHeaders(request, reply)
      void sendError(error, request, reply)
    },
    routerOptions: { maxParamLength: HEADER_BYTES_MAX, ignoreTrailingSlash: true },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
    // A request that arrives on an open connection while the gateway closes is still served.
    return503OnClosing: false,
  })
  app.server.maxConnections = inAll
  limitConnections(app.server, {
    inAll,
    perAddress,
    isExempt: trustedPeers([...trustedProxies, ...exempt]),
    onRefused: (client) =>
      logger.warn(
        { client, limit: perAddress, setting: 'MAX_CONNECTIONS_PER_ADDRESS' },
        'an address has as many connections as it may have; more are closed. If it is your reverse proxy, set TRUST_PROXY',
      ),
  })
  // A body is JSON or refused; Fastify would also take plain text.
  app.removeContentTypeParser('text/plain')
  connections = watchConnections(app.server)
  const held = createOpenRequests({ perClient: heldPerClient, inAll: HELD_MAX })
  app.decorate('held', held)
  app.decorate('timeouts', timeouts)
  drainOnClose(app, connections, { withinMs: timeouts.closingMs, endHeld: held.endAll })
  return app
}
