/** What the gateway counts for Prometheus: its requests, and how long the queues are. */
import { METRIC_PREFIX } from '@video-scraper/boot'
import type { QueueDepth, SiteRest } from '@video-scraper/queue'
import type { FastifyInstance } from 'fastify'
import { Gauge, Histogram, type Registry } from 'prom-client'

/** Seconds. From a status that is read to a request that waits for the end of a job. */
const BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 300]

/** Path of what leads to no operation: a stranger chooses it, so it is no label. */
const NO_ROUTE = 'none'

/** Call it before routes are registered. A file counts until its last byte was handed over. */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: `${METRIC_PREFIX}http_request_duration_seconds`,
    help: 'Requests by route, method and status, from the first byte to the end of the answer.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: BUCKETS,
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE)
    const labels = { route, method: request.method, status: String(reply.statusCode) }
    seconds.observe(labels, reply.elapsedTime / 1000)
    done()
  })
}

/** Reads the queues at each scrape. The scrape fails while Redis does not answer. */
export function measureQueues(registry: Registry, read: () => Promise<QueueDepth[]>): void {
  const age = new Gauge({
    name: `${METRIC_PREFIX}queue_next_job_age_seconds`,
    help: 'For how long the job that is next in its queue has existed; 0 when none waits.',
    labelNames: ['queue'] as const,
    registers: [registry],
  })
  const jobs = new Gauge({
    name: `${METRIC_PREFIX}queue_jobs`,
    help: 'Jobs that have not ended, by queue and state: waiting, delayed, running.',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
    async collect() {
      for (const { kind: queue, nextAgeSeconds, waiting, delayed, running } of await read()) {
        age.set({ queue }, nextAgeSeconds)
        for (const [state, count] of Object.entries({ waiting, delayed, running })) jobs.set({ queue, state }, count)
      }
    },
  })
}

/** Reads which sites rest at each scrape. `read` names known sites alone, so there are no more labels than those. */
export function measureRests(registry: Registry, read: () => Promise<SiteRest[]>): void {
  new Gauge({
    name: `${METRIC_PREFIX}site_resting_until_seconds`,
    help: 'Until when a known site rests after many bot checks, in epoch seconds. Not there for sites that do not rest.',
    labelNames: ['site'] as const,
    registers: [registry],
    async collect() {
      const rests = await read()
      this.reset()
      for (const { site, until } of rests) this.set({ site }, until / 1000)
    },
  })
}
