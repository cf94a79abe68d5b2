/** What a site remembers of who asked for what, so that a test can look at a download from the other side. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

const REQUESTS_KEPT = 10_000

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  /** With its question mark; empty where there is none. */
  readonly search: string
  readonly headers: IncomingHttpHeaders
  /** The address that asked. */
  readonly from: string
  /** Epoch milliseconds. */
  readonly at: number
  /** 0 until headers are sent. */
  readonly status: number
  /** `cut`: the connection ended before the answer did. */
  readonly state: 'open' | 'sent' | 'cut'
}

export interface RequestLog {
  /** Oldest first; those of one path, or all (of the last 10,000). What is open goes on changing. */
  requests(path?: string): readonly RecordedRequest[]
  record(request: IncomingMessage, response: ServerResponse, url: URL): void
}

export function createRequestLog(): RequestLog {
  const log: RecordedRequest[] = []
  return {
    requests: (path) => log.filter((entry) => path === undefined || entry.path === path),
    record(request, response, url) {
      if (log.length === REQUESTS_KEPT) log.shift()
      let state: RecordedRequest['state'] = 'open'
      response.once('close', () => {
        state = response.writableFinished ? 'sent' : 'cut'
      })
      log.push({
        method: request.method ?? '',
        path: url.pathname,
        search: url.search,
        headers: request.headers,
        from: request.socket.remoteAddress ?? '',
        at: Date.now(),
        get status() {
          return response.headersSent ? response.statusCode : 0
        },
        get state() {
          return state
        },
      })
    },
  }
}
