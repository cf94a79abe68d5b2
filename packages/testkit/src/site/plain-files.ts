/** Single files: as a well-behaved server sends them, and as a lazy one does. */
import { extname } from 'node:path'
import type { RecipeName } from '../media-recipes.ts'
import { type Answer, BadParameter, type Exchange, numberIn, sendText } from './exchange.ts'
import { largeVideo } from './large-video.ts'
import { type Body, bodyOf, sendBody, sendChunked } from './sending.ts'

export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'

const mediaTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.m4s': 'video/iso.segment',
  '.ts': 'video/mp2t',
  '.jpg': 'image/jpeg',
  '.vtt': 'text/vtt',
  '.m3u8': PLAYLIST_TYPE,
  '.mpd': 'application/dash+xml',
  '.key': 'application/octet-stream',
}

/** What a server says about a file of this name. */
const mediaTypeOf = (file: string): string => mediaTypes[extname(file)] ?? 'application/octet-stream'

/** A file of a recipe; 404 where the recipe makes none of this name. `?delay=` milliseconds come before the headers. */
export async function sendMedia(exchange: Exchange, recipe: RecipeName, file: string): Promise<void> {
  const bytes = await exchange.media.read(recipe, file)
  if (!bytes) return sendText(exchange, 'There is no such file.', { status: 404 })
  await sendBody(exchange, bodyOf(bytes), { type: mediaTypeOf(file), delay: numberIn(exchange, 'delay', 0) })
}

/** Always the same file. */
export const mediaFile =
  (recipe: RecipeName, file: string): Answer =>
  (exchange) =>
    sendMedia(exchange, recipe, file)

export const videoWithoutRanges: Answer = async (exchange) =>
  sendBody(exchange, await largeVideoOf(exchange, 200_000), { type: 'video/mp4', ranges: false })

export const chunkedVideo: Answer = async (exchange) => {
  const video = await largeVideoOf(exchange, 200_000)
  await sendChunked(exchange, video.pieces(0, video.size), { type: 'video/mp4' })
}

/** `?bytes=` long and `?rate=` bytes per second, with the given defaults. */
export const sizedVideo =
  ({ bytes, rate }: { bytes: number; rate: number }): Answer =>
  async (exchange) =>
    sendBody(exchange, await largeVideoOf(exchange, bytes), {
      type: 'video/mp4',
      rate: numberIn(exchange, 'rate', rate),
    })

/** The large video of `?bytes=` bytes. */
export async function largeVideoOf(exchange: Exchange, bytesByDefault: number): Promise<Body> {
  const bytes = numberIn(exchange, 'bytes', bytesByDefault)
  try {
    return await largeVideo(exchange.media, bytes)
  } catch (error) {
    throw error instanceof RangeError ? new BadParameter(error.message) : error
  }
}
