/** Writing a long answer piece by piece: never faster than asked, never ahead of the client, and not after it left. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'

/** A slowed answer is written in slices of this many seconds' worth, which keeps it smooth. */
const SLICE_SECONDS = 0.02
const SLICE_BYTES_MAX = 1_048_576
/** A client that paused is not flooded afterwards with more than this many milliseconds' worth. */
const CATCH_UP_MS = 200

/**
 * Writes the pieces and resolves when the last one is written; the answer is not ended. `rate` is in bytes per second,
 * 0 without a limit. Rejects as soon as the client has gone.
 */
export async function writeAtRate(exchange: Exchange, pieces: Iterable<Buffer>, rate = 0): Promise<void> {
  for (const piece of pieces) {
    await (rate === 0 ? write(exchange, piece) : writeSlices(exchange, piece, rateOf(exchange, rate)))
  }
}

/** When the next byte is due. Kept with the answer, so that many small pieces are slowed as one large one is. */
interface Rate {
  readonly rate: number
  dueAt: number
}

const rates = new WeakMap<Exchange, Rate>()

function rateOf(exchange: Exchange, rate: number): Rate {
  const known = rates.get(exchange)
  if (known) return known
  const schedule = { rate, dueAt: performance.now() }
  rates.set(exchange, schedule)
  return schedule
}

async function writeSlices(exchange: Exchange, piece: Buffer, schedule: Rate): Promise<void> {
  const size = Math.max(1, Math.min(SLICE_BYTES_MAX, Math.floor(schedule.rate * SLICE_SECONDS)))
  for (let start = 0; start < piece.length; start += size) {
    const slice = piece.subarray(start, start + size)
    const wait = schedule.dueAt - performance.now()
    if (wait > 1) await delay(wait, undefined, { signal: exchange.gone })
    await write(exchange, slice)
    const earliest = performance.now() - CATCH_UP_MS
    schedule.dueAt = Math.max(schedule.dueAt, earliest) + (slice.length / schedule.rate) * 1000
  }
}

/**
 * Waits until the client has taken what was written, so that no more than one piece is ever held in state. A client
 * that has gone takes nothing: the write is refused, and the wait rejects at once.
 */
async function write({ response, gone }: Exchange, bytes: Buffer): Promise<void> {
  if (!response.write(bytes)) await once(response, 'drain', { signal: gone })
}
