/** How much a target may send that never becomes a part of the answer. */
import type { ClientRequest } from 'node:http'
import { SafeFetchError } from './safe-fetch-error.ts'

/** Interim answers (1xx) before the answer. No honest receiver sends more than two. */
const INTERIM_MAX = 20
/** Of the head, the interim answers and what frames the body, beside what is kept; the last piece read is up to 64 KiB. */
const FRAMING_BYTES_MAX = 128 * 1024

/**
 * Ends a request whose target sends beyond measure what never becomes a part of the answer. Node bounds each head, not how
 * many there are, and counts neither.
 */
export function boundAnswer(request: ClientRequest, maxBytes: number): void {
  let interim = 0
  let received = 0
  const end = () => request.destroy(new SafeFetchError('bad_response'))
  request.on('information', () => {
    interim += 1
    if (interim > INTERIM_MAX) end()
  })
  request.once('socket', (socket) => {
    socket.on('data', (bytes: Buffer) => {
      received += bytes.length
      if (received > maxBytes + FRAMING_BYTES_MAX) end()
    })
  })
}
