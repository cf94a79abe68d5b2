/** How long the gateway waits for its clients, in milliseconds, and how many it serves at once. */

declare module 'fastify' {
  interface FastifyInstance {
    timeouts: Timeouts
  }
}

export interface Timeouts {
  /** From the first byte of a connection or a request to the end of the headers. */
  headersMs: number
  /** To the end of the body. */
  requestMs: number
  /** Without a byte in either direction: a client that has stopped reading its file. */
  silenceMs: number
  /** For answers under way when the gateway closes. */
  closingMs: number
  /** Between two heartbeats on an event stream; below what proxies allow without a byte, of which nginx's 60 s is usual. */
  heartbeatMs: number
}

export const TIMEOUTS: Timeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  silenceMs: 120_000,
  closingMs: 5000,
  heartbeatMs: 15_000,
}

/** Each may be a slow reader of a file, with a block of it in memory: all together stay far below half a gigabyte. */
export const CONNECTIONS_MAX = 2000

/** Of those, so many may be held open for events or for a `Prefer: wait`: the others are left for what is quick. */
export const HELD_MAX = 1500
