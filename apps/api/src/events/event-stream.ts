/**
 * One answer of server-sent events (WHATWG HTML, 9.2): snapshots of a job, its end, and then the end of the answer. A
 * reader that is slow is never sent more than it takes: what it has missed is left out, but for the end, which is put
 * behind what it has not read yet.
 */
import type { ServerResponse } from 'node:http'
import { isFinal } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'

/** Sent to browsers: how long to wait before they come back, in milliseconds, spread so that not all come at once. */
const RETRY_MS = 1000
const RETRY_SPREAD_MS = 2000

/** Nobody has any use for it; it keeps proxies from thinking that the connection is dead. */
const HEARTBEAT = ': still here\n\n'

/** What a client that comes back has seen. Revisions are odd when the job has ended, and that never changes again. */
export interface LastSeen {
  revision: number
  ended: boolean
}

/** Reads `Last-Event-ID`; anything that is none of ours counts as nothing seen. */
export function lastSeenOf(header: string | string[] | undefined): LastSeen {
  const revision = typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : -1
  const ended = revision >= 0 && revision % 2 === 1
  return { revision, ended }
}

export interface EventStream {
  offer(job: JobSnapshot | null): void
  heartbeat(): void
  /** Ends the answer; a client that wants more comes back. Twice is fine. */
  end(): void
}

interface EventStreamOptions {
  response: ServerResponse
  /** The revision that the client has seen; -1 for none. */
  seen: number
  /** The event as it is sent. */
  frameOf: (job: JobSnapshot) => string
  /** Called once, when nothing more will be sent. */
  onEnd: () => void
}

/** The head of the answer has been written already. */
export function openEventStream({ response, seen, frameOf, onEnd }: EventStreamOptions): EventStream {
  let sent = seen
  let waiting: JobSnapshot | null = null
  let ended = false
  response.write(`retry: ${RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)}\n\n`)

  const end = () => {
    if (ended) return
    ended = true
    response.off('drain', sendWaiting)
    response.end()
    onEnd()
  }
  const send = (job: JobSnapshot) => {
    sent = job.revision
    response.write(frameOf(job))
    if (isFinal(job.state)) end()
  }
  const sendWaiting = () => {
    const job = waiting
    waiting = null
    if (job !== null) send(job)
  }
  response.on('drain', sendWaiting)

  return {
    offer(job) {
      if (ended) return
      if (job === null) return end()
      if (job.revision <= sent && !isFinal(job.state)) return
      // An end is never kept back: the gateway may close, or the job be removed, before a slow reader goes on.
      if (response.writableNeedDrain && !isFinal(job.state)) waiting = job
      else send(job)
    },
    heartbeat() {
      if (!ended && !response.writableNeedDrain) response.write(HEARTBEAT)
    },
    end,
  }
}
