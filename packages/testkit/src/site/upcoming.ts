/** A stream that has not begun until a given moment, as a site shows it whose extractor yt-dlp has: `live.eplus.jp`. */
import { BadParameter, type Exchange, escapeHtml, sendText, textIn } from './exchange.ts'

/** What the site calls itself. Nobody but a test knows it: see `startSiteProxy`. */
export const UPCOMING_HOST = 'live.eplus.jp'
/** How long an id is, in characters, without the two signs at its end. */
const ID_LENGTH = 86
/** The site writes times of Tokyo, without saying so. */
const TOKYO_MS = 9 * 3_600_000

interface Upcoming {
  /** Epoch milliseconds. */
  readonly startsAt: number
  /** When it should begin, it is put off by so many seconds, again and again. Default 0: it begins. */
  readonly postponedBy?: number
  /** Streams of one start differ in it. */
  readonly key?: string
}

/** The page of a stream. The start is in whole seconds. */
export const upcomingUrl = (stream: Upcoming): string => `http://${UPCOMING_HOST}${upcomingPath(stream)}`

/** The same under whatever name the site has, for looking at it: no extractor knows it there. */
export function upcomingPath({ startsAt, postponedBy = 0, key = '' }: Upcoming): string {
  const id = `${Math.round(startsAt / 1000)}x${postponedBy}x${key}`.padEnd(ID_LENGTH, 'z')
  return `/ex/player?ib=${id}%3D%3D`
}

/** Until it begins the page names the start; then a recording of it. */
export function upcomingPage(exchange: Exchange): void {
  const [, seconds, step] = /^(\d+)x(\d+)x/.exec(textIn(exchange, 'ib')) ?? []
  if (seconds === undefined) throw new BadParameter('ib holds no start.')
  const now = Date.now()
  const startsAt = postponed(Number(seconds) * 1000, Number(step) * 1000, now)
  const hasBegun = startsAt <= now
  const app = {
    app_id: 'stream',
    app_name: 'A stream that has not begun',
    drm_mode: 'OFF',
    is_pass_ticket: 'NO',
    delivery_status: hasBegun ? 'CONFIRMED_ARCHIVE' : 'PREPARING',
    archive_mode: 'ON',
    event_datetime: new Date(startsAt + TOKYO_MS).toISOString().slice(0, 19),
    event_datetime_text: 'soon',
  }
  const lists = hasBegun ? [`http://${UPCOMING_HOST}/hls/master.m3u8`] : []
  const script = `<script>var app = ${JSON.stringify(app)};\nvar listChannels = ${JSON.stringify(lists)};</script>`
  sendText(exchange, `<!doctype html><title>${escapeHtml(app.app_name)}</title>${script}`)
}

function postponed(startsAt: number, stepMs: number, now: number): number {
  if (stepMs === 0 || startsAt > now) return startsAt
  return startsAt + Math.ceil((now - startsAt + 1) / stepMs) * stepMs
}
