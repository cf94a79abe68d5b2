/** DASH manifests of two periods (ISO/IEC 23009-1, 5.3.2), made of the segments of one stream. */
import { type Answer, BadParameter, sendText, textIn } from './exchange.ts'

interface Period {
  readonly seconds: number
  /** Numbers of the segments, of a second each. */
  readonly segments: readonly number[]
  /** Names the representations. */
  readonly name: string
  readonly bandwidth: number
}

const all = [1, 2, 3]

const kinds: Readonly<Record<string, readonly Period[]>> = {
  /** The second period shows the same again, so that its times are those of the first. */
  anew: [
    { seconds: 3, segments: all, name: 'one', bandwidth: 100_000 },
    { seconds: 3, segments: all, name: 'one', bandwidth: 100_000 },
  ],
  /** One stream, cut in two: times go on. */
  'goes-on': [
    { seconds: 2, segments: [1, 2], name: 'one', bandwidth: 100_000 },
    { seconds: 1, segments: [3], name: 'one', bandwidth: 100_000 },
  ],
  /** No track of the first period goes on in the second. */
  other: [
    { seconds: 3, segments: all, name: 'one', bandwidth: 100_000 },
    { seconds: 3, segments: all, name: 'two', bandwidth: 200_000 },
  ],
}

export const twoPeriods: Answer = (exchange) => {
  const kind = textIn(exchange, 'kind', 'anew')
  const periods = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (periods === undefined) throw new BadParameter(`kind must be one of ${Object.keys(kinds).join(', ')}.`)
  const seconds = periods.reduce((sum, period) => sum + period.seconds, 0)
  const head = `xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT${seconds}S"`
  const body = periods.map(periodOf).join('')
  sendText(exchange, `<?xml version="1.0"?>\n<MPD ${head}>${body}</MPD>\n`, { type: 'application/dash+xml' })
}

const periodOf = (period: Period): string =>
  `<Period duration="PT${period.seconds}S">${setOf(period, 0, 'video/mp4', 'avc1.42c00c')}${setOf(period, 1, 'audio/mp4', 'mp4a.40.2')}</Period>`

function setOf({ segments, name, bandwidth }: Period, stream: number, type: string, codecs: string): string {
  const urls = segments.map((n) => `<SegmentURL media="/dash/chunk-stream${stream}-0000${n}.m4s"/>`).join('')
  const first = `<Initialization sourceURL="/dash/init-stream${stream}.m4s"/>`
  const list = `<SegmentList timescale="1" duration="1">${first}${urls}</SegmentList>`
  const size = stream === 0 ? ' width="320" height="180"' : ''
  const id = `${name}-${stream}`
  return `<AdaptationSet mimeType="${type}"><Representation id="${id}" bandwidth="${bandwidth}" codecs="${codecs}"${size}>${list}</Representation></AdaptationSet>`
}
