/** Servers that do not keep what their headers promise. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Exchange } from './exchange.ts'
import { numberIn, sendText } from './exchange.ts'
import { largeVideo } from './large-video.ts'
import { largeVideoOf } from './plain-files.ts'
import { bodyOf, sendBody, sendChunked } from './sending.ts'
import { writeAtRate } from './writing-at-a-rate.ts'

const VIDEO_BYTES = 1_000_000
const SENT_BYTES = 300_000
/** Time for the client to take what was sent: a reset throws away whatever still waits on either side. */
const BEFORE_RESET_MS = 100
const ENDLESS_BYTES_PER_SECOND = 5_000_000

/** `?after=` bytes, and then nothing more. */
export const stallingVideo: Answer = async (exchange) => {
  await sendBeginning(exchange)
  await untilGone(exchange)
}

/** Not even headers. */
export const stallingPage: Answer = (exchange) => untilGone(exchange)

/** Closes in order, but before all is sent. */
export const truncatedVideo: Answer = async (exchange) => {
  await sendBeginning(exchange)
  exchange.response.socket?.destroySoon()
}

/** Breaks off with a TCP reset. */
export const resetVideo: Answer = async (exchange) => {
  await sendBeginning(exchange)
  await delay(BEFORE_RESET_MS, undefined, { signal: exchange.gone })
  exchange.response.socket?.resetAndDestroy()
}

export const emptyVideo: Answer = (exchange) => sendBody(exchange, bodyOf(Buffer.alloc(0)), { type: 'video/mp4' })

export const endlessVideo: Answer = async (exchange) => {
  const video = await largeVideo(exchange.media, Number.POSITIVE_INFINITY)
  // Without a limit it would only show how fast this machine is, at the cost of everything else on it.
  const rate = numberIn(exchange, 'rate', ENDLESS_BYTES_PER_SECOND) || ENDLESS_BYTES_PER_SECOND
  await sendChunked(exchange, video.pieces(0, video.size), { type: 'video/mp4', rate })
}

export const notAVideo: Answer = (exchange) =>
  sendText(exchange, 'This is no video.\n'.repeat(5000), { type: 'video/mp4' })

/** Promises `?bytes=` and sends the first `?after=` of them, whatever range was asked for. */
async function sendBeginning(exchange: Exchange): Promise<void> {
  const video = await largeVideoOf(exchange, VIDEO_BYTES)
  const after = Math.min(numberIn(exchange, 'after', SENT_BYTES), video.size)
  exchange.response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': video.size })
  exchange.response.flushHeaders()
  if (exchange.request.method !== 'HEAD') await writeAtRate(exchange, video.pieces(0, after))
}

async function untilGone({ gone }: Exchange): Promise<void> {
  if (!gone.aborted) await once(gone, 'abort')
}
