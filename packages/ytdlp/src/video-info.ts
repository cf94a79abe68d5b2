/** Turns the runner's record of a video into our own vocabulary. */
import type {
  BestFormat,
  Chapter,
  ListEntry,
  SubtitleTrack,
  Thumbnail,
  VideoFormat,
  VideoInfo,
} from '@video-scraper/contracts'
import { commonRequests } from './common-requests.ts'
import { type Fields, numberOf, textOf } from './event-fields.ts'
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
    channel: text('channel'),
    channel_id: text('channel_id'),
    channel_url: webAddress(text('channel_url')),
    chapters: recordsIn(video, 'chapters').map(chapterOf),
    subtitles: recordsIn(video, 'subtitles').flatMap(trackOf),
    automatic_captions: recordsIn(video, 'automatic_captions').flatMap(trackOf),
    thumbnails: recordsIn(video, 'thumbnails').flatMap(pictureOf),
    best: bestOf(video.best),
    ...('entries' in video && {
      entries: recordsIn(video, 'entries').map(entryOf),
      entries_next: integerOf(video, 'entries_next'),
    }),
    ...(formats.some(({ url }) => url !== undefined) && { media_urls_note: MEDIA_URLS_NOTE }),
  }
}

const MEDIA_URLS_NOTE =
  'The addresses were made for the network address of this service. Many sites refuse them to others, and they expire without notice.'

const chapterOf = (chapter: Fields): Chapter => ({
  title: textOf(chapter, 'title'),
  start: numberOf(chapter, 'start'),
  end: numberOf(chapter, 'end'),
})

function trackOf(track: Fields): SubtitleTrack[] {
  const language = textOf(track, 'language')
  const extensions = Array.isArray(track.extensions) ? track.extensions.filter((each) => typeof each === 'string') : []
  return language === null ? [] : [{ language, name: textOf(track, 'name'), extensions }]
}

const entryOf = (entry: Fields): ListEntry => ({
  index: integerOf(entry, 'index') ?? 0,
  id: textOf(entry, 'id'),
  title: textOf(entry, 'title'),
  url: webAddress(textOf(entry, 'url')),
  duration: numberOf(entry, 'duration'),
  uploader: textOf(entry, 'uploader'),
  live_status: textOf(entry, 'live_status'),
})

function pictureOf(picture: Fields): Thumbnail[] {
  const url = webAddress(textOf(picture, 'url'))
  return url === null ? [] : [{ url, width: integerOf(picture, 'width'), height: integerOf(picture, 'height') }]
}

/** Empty where the runner did not say. */
function bestOf(ids: unknown): BestFormat[] {
  if (!Array.isArray(ids) || ids.length !== commonRequests.length) return []
  return commonRequests.map((request, at) => ({ request, format_id: typeof ids[at] === 'string' ? ids[at] : null }))
}

const recordsIn = (fields: Fields, key: string): Fields[] => {
  const value = fields[key]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : []
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
    dynamic_range: text('dynamic_range'),
    audio_channels: integerOf(format, 'audio_channels'),
    ...('url' in format && { url: webAddress(text('url')), http_headers: headersOf(format.http_headers) }),
  }
}

/** The runner chose them; a value that is no text is none, and one that may have been cut would be a wrong one. */
const headersOf = (headers: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1].length < HEADER_CUT_AT,
    ),
  )

/** The runner cuts longer ones (`python/addresses.py`). */
const HEADER_CUT_AT = 1000

/** What the document calls an integer is one, also where a source writes 1080.5 pixels. */
function integerOf(fields: Fields, key: string): number | null {
  const value = numberOf(fields, key)
  return value === null ? null : Math.round(value)
}

/** A page may name anything as its picture; a client will put it into a link. */
const webAddress = (text: string | null): string | null => (text !== null && /^https?:\/\//i.test(text) ? text : null)
