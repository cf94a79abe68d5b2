/** Turns the runner's record of a video into our own vocabulary. */
import type { VideoFormat, VideoInfo } from '@video-scraper/contracts'
import { type Fields, numberOf, textOf } from './events.ts'
import { PROTOCOLS } from './options/allowed-protocols.ts'

/** Lists only formats that a download accepts: storyboards, DRM and foreign protocols would be promises not kept. */
export function videoInfoOf(video: Fields): VideoInfo {
  const text = (key: string): string | null => textOf(video, key)
  const number = (key: string): number | null => numberOf(video, key)
  const formats = Array.isArray(video.formats) ? (video.formats as Fields[]) : []
  return {
    title: text('title'),
    uploader: text('uploader'),
    duration: number('duration'),
    thumbnail: webAddress(text('thumbnail')),
    webpage_url: webAddress(text('webpage_url')),
    formats: formats.filter(isDownloadable).map(formatOf),
    id: text('id'),
    description: text('description'),
    extractor: text('extractor'),
    upload_date: text('upload_date'),
    view_count: integerOf(video, 'view_count'),
    age_limit: integerOf(video, 'age_limit'),
    live_status: text('live_status'),
    playlist_count: integerOf(video, 'playlist_count'),
  }
}

/** Whether a download would accept this format. */
export const isDownloadable = (format: Fields): boolean =>
  format.has_drm !== true && PROTOCOLS.some((protocol) => protocol === format.protocol)

function formatOf(format: Fields): VideoFormat {
  const text = (key: string): string | null => textOf(format, key)
  const number = (key: string): number | null => numberOf(format, key)
  return {
    format_id: text('format_id') ?? '',
    format_note: text('format_note'),
    ext: text('ext'),
    filesize: integerOf(format, 'filesize'),
    filesize_approx: integerOf(format, 'filesize_approx'),
    protocol: text('protocol'),
    vcodec: text('vcodec'),
    acodec: text('acodec'),
    width: integerOf(format, 'width'),
    height: integerOf(format, 'height'),
    fps: number('fps'),
    tbr: number('tbr'),
    language: text('language'),
  }
}

/** What the document calls an integer is one, also where a source writes 1080.5 pixels. */
function integerOf(fields: Fields, key: string): number | null {
  const value = numberOf(fields, key)
  return value === null ? null : Math.round(value)
}

/** A page may name anything as its picture; a client will put it into a link. */
const webAddress = (text: string | null): string | null => (text !== null && /^https?:\/\//i.test(text) ? text : null)
