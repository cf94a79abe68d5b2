/** Fetches the source of a player of YouTube for the worker itself, which has it prepared for jobs. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { SafeFetch } from '@video-scraper/egress'

/** Of what is sent. Players are sent packed, in less than a megabyte. */
export const PLAYER_SENT_BYTES_MAX = 8 * 2 ** 20
export const PLAYER_TIMEOUT_MS = 30_000
const SOURCE_BYTES_MAX = 16 * 2 ** 20

/** `fetch` keeps `PLAYER_SENT_BYTES_MAX`. Rejects where there is anything but a whole script at the address. */
export const playerFetcher =
  (fetch: SafeFetch) =>
  async (address: string, signal: AbortSignal): Promise<Buffer> => {
    const reply = await fetch(address, { headers: { 'Accept-Encoding': 'gzip' }, signal })
    const { status, body, truncated, headers } = reply
    if (status !== 200 || truncated || body.length === 0) throw new Error(`There is no player: ${status}.`)
    return headers['content-encoding'] === 'gzip'
      ? promisify(gunzip)(body, { maxOutputLength: SOURCE_BYTES_MAX })
      : body
  }
