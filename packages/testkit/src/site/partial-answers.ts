/** Servers that send a part of a file for the whole of it, or another part than was asked for. */
import { type Answer, BadParameter, type Exchange, numberIn, textIn } from './exchange.ts'

interface Part {
  /** First byte, and the byte after the last. */
  readonly start: number
  readonly end: number
}

interface Asked {
  readonly start: number
  /** The byte after the last; null where all of the rest was asked for. */
  readonly end: number | null
}

/** What is sent where `asked` was asked for: null where there was no Range. */
const ways: Readonly<Record<string, (asked: Asked | null, size: number, bytes: number) => Part>> = {
  /** The first `?bytes=` where no Range is asked for, and any range that is. */
  first: (asked, size, bytes) => (asked === null ? { start: 0, end: bytes } : rangeOf(asked, size)),
  /** Never more than `?bytes=` at once. */
  capped: (asked, size, bytes) => {
    const { start, end } = rangeOf(asked ?? WHOLE, size)
    return { start, end: Math.min(end, start + bytes) }
  },
  /** The first `?bytes=`, whatever was asked for. */
  stuck: (_asked, _size, bytes) => ({ start: 0, end: bytes }),
  /** Not the beginning, where all was asked for. */
  late: (asked, size, bytes) => (asked === null ? { start: bytes, end: size } : rangeOf(asked, size)),
  /** Ranges begin `?bytes=` earlier than asked for; the first answer breaks off in the middle. */
  early: (asked, size, bytes) => {
    const { start, end } = rangeOf(asked ?? WHOLE, size)
    return { start: Math.max(0, start - bytes), end }
  },
  /** Ranges begin `?bytes=` later than asked for; the first answer breaks off in the middle. */
  skipping: (asked, size, bytes) => {
    const { start, end } = rangeOf(asked ?? WHOLE, size)
    return { start: Math.min(end - 1, start + (start > 0 ? bytes : 0)), end }
  },
}

const WHOLE: Asked = { start: 0, end: null }

/** The video as `?way=` says, always with status 206 and the part that it is. */
export const partialVideo: Answer = async (exchange) => {
  const { request, response } = exchange
  const name = textIn(exchange, 'way', 'first')
  const way = Object.hasOwn(ways, name) ? ways[name] : undefined
  if (way === undefined) throw new BadParameter(`way must be one of ${Object.keys(ways).join(', ')}.`)
  const video = await fileOf(exchange)
  const asked = askedBy(request.headers.range)
  const { start, end } = way(asked, video.length, numberIn(exchange, 'bytes', 20_000))
  const breaksOff = (name === 'early' || name === 'skipping') && (asked?.start ?? 0) === 0
  const whole = breaksOff && asked === null
  response.writeHead(whole ? 200 : 206, {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'content-length': end - start,
    ...(whole ? {} : { 'content-range': `bytes ${start}-${end - 1}/${video.length}` }),
  })
  if (request.method === 'HEAD') return void response.end()
  if (!breaksOff) return void response.end(video.subarray(start, end))
  response.write(video.subarray(start, start + Math.floor((end - start) / 2)), () => response.destroy())
}

async function fileOf({ media }: Exchange): Promise<Buffer> {
  const bytes = await media.read('video', 'video.mp4')
  if (bytes === null) throw new Error('The recipe makes no such file.')
  return bytes
}

const rangeOf = ({ start, end }: Asked, size: number): Part => ({ start, end: Math.min(end ?? size, size) })

function askedBy(header: string | undefined): Asked | null {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined) return null
  return { start: Number(first), end: last ? Number(last) + 1 : null }
}
