/**
 * What a process counts about itself, for Prometheus (text exposition format 0.0.4), on a port of its own. An address, an
 * owner or an id of a job is never a label: their number has no bound, and a stranger chooses them.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Registry } from 'prom-client'

/** All names of ours begin with it; those of the process itself have the names that Prometheus's clients share. */
export const METRIC_PREFIX = 'videoscraper_'

/** A registry with the measures of the process: processor time, memory, descriptors, delay of the event loop. */
export function createMetrics(service: 'api' | 'worker'): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  return registry
}

/** A scrape that takes longer than this is cut off. */
const REQUEST_TIMEOUT_MS = 10_000
/** Prometheus opens one or two. */
const CONNECTIONS_MAX = 16

export interface MetricsServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Answers `GET /metrics` on `host` and `port` (0: a free one) and nothing else. There is no authentication: who reaches the
 * port reads the numbers. Rejects with a sentence where the port is taken.
 */
export async function serveMetrics(registry: Registry, { host, port }: { host: string; port: number }) {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const isScrape = request.url?.split('?', 1)[0] === '/metrics'
    if (!isScrape || (request.method !== 'GET' && request.method !== 'HEAD')) {
      return void response.writeHead(isScrape ? 405 : 404, { 'content-length': 0 }).end()
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      // A measure that asks Redis cannot be taken while Redis is away.
      () => response.writeHead(503, { 'content-length': 0 }).end(),
    )
  })
  server.maxConnections = CONNECTIONS_MAX
  await listen(server, { host, port })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  } satisfies MetricsServer
}

async function listen(server: Server, place: { host: string; port: number }): Promise<void> {
  server.listen(place)
  try {
    await once(server, 'listening')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE') throw error
    throw new Error(
      `Port ${place.port}, on which metrics should be served, is taken. Each process needs one of its own (METRICS_PORT, WORKER_METRICS_PORT).`,
    )
  }
}
