/** A large video of exactly the size that is asked for, made as it is sent: a small mp4, then a box of padding. */
import { createCipheriv, createHash } from 'node:crypto'
import type { Media } from '../media.ts'
import type { Body } from './sending.ts'

const BLOCK_BYTES = 1_048_576
/** Each block of padding begins with its number, so that a piece which lands in the wrong place changes the digest. */
const NUMBER_BYTES = 16
/** A `free` box with its size in 64 bits: players skip it, and ffprobe accepts it. */
const BOX_HEADER_BYTES = 16

/** The same on every machine, and nothing that compresses. */
const pattern = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(BLOCK_BYTES))

/** A video of `bytes` bytes; `Infinity` never ends. Throws a RangeError below the size of the small mp4 in front. */
export async function largeVideo(media: Media, bytes: number): Promise<Body> {
  const small = await smallVideo(media)
  const paddingBytes = bytes - small.length
  if (paddingBytes < BOX_HEADER_BYTES)
    throw new RangeError(`bytes must be at least ${small.length + BOX_HEADER_BYTES}.`)
  const front = Buffer.concat([small, boxHeader(paddingBytes)])
  return {
    size: bytes,
    etag: `"large-${bytes}"`,
    *pieces(start, end) {
      if (start < front.length) yield front.subarray(start, Math.min(end, front.length))
      yield* padding(Math.max(0, start - front.length), Math.min(end, bytes) - front.length)
    },
  }
}

/** The sha-256, in hexadecimal, of `/big.mp4?bytes=…` of a site with the same media. */
export async function largeVideoDigest(media: Media, bytes: number): Promise<string> {
  const hash = createHash('sha256')
  const video = await largeVideo(media, bytes)
  for (const piece of video.pieces(0, bytes)) hash.update(piece)
  return hash.digest('hex')
}

async function smallVideo(media: Media): Promise<Buffer> {
  const small = await media.read('video', 'video.mp4')
  if (!small) throw new Error('ffmpeg made no video.mp4.')
  return small
}

/** Size 1 says that the real one follows in 64 bits; size 0 that the box reaches to the end of the file. */
function boxHeader(boxBytes: number): Buffer {
  const header = Buffer.alloc(BOX_HEADER_BYTES)
  const endless = boxBytes === Number.POSITIVE_INFINITY
  header.writeUInt32BE(endless ? 0 : 1, 0)
  header.write('free', 4, 'latin1')
  if (!endless) header.writeBigUInt64BE(BigInt(boxBytes), 8)
  return header
}

/** Views of one block in state, whatever the length. */
function* padding(start: number, end: number): Generator<Buffer> {
  let at = start
  while (at < end) {
    const block = Math.floor(at / BLOCK_BYTES)
    const within = at - block * BLOCK_BYTES
    const part = within < NUMBER_BYTES ? blockNumber(block).subarray(within) : pattern.subarray(within)
    const piece = part.subarray(0, end - at)
    yield piece
    at += piece.length
  }
}

function blockNumber(block: number): Buffer {
  const bytes = Buffer.alloc(NUMBER_BYTES)
  bytes.writeBigUInt64BE(BigInt(block), 0)
  return bytes
}
