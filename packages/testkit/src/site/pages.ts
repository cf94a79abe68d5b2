/** Web pages with videos in them. */
import { MEDIA_SECONDS } from '../media-recipes.ts'
import { type Answer, escapeHtml, numberIn, sendText, textIn } from './exchange.ts'

/** Sentences of a long description. */
const MORE_MAX = 100_000
const CHAPTERS_MAX = 1000

/** A page with a title and the given body. */
export const htmlPage = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>\n<body>\n${body}\n</body></html>\n`

/** A video element that shows `source`. */
export const videoElement = (source: string, more = ''): string =>
  `<video controls src="${escapeHtml(source)}">${more}</video>`

/** A page whose metadata speaks schema.org's VideoObject. */
export const jsonLdPage = (video: Readonly<Record<string, unknown>>): string => {
  const object = { '@context': 'https://schema.org', '@type': 'VideoObject', ...video }
  // "<" would let a value close the script element; inside JSON it may as well be escaped.
  const json = JSON.stringify(object).replaceAll('<', '\\u003c')
  return htmlPage('A page with JSON-LD', `<script type="application/ld+json">${json}</script>`)
}

/** `?src=` and `?title=` replace what is shown. */
export const pageWithVideo: Answer = (exchange) => {
  const track = '<track kind="subtitles" srclang="en" label="English" src="/subtitles.vtt">'
  const video = videoElement(textIn(exchange, 'src', '/video.mp4'), track)
  sendText(exchange, htmlPage(textIn(exchange, 'title', 'A page with a video'), video))
}

export const pageWithJsonLd: Answer = (exchange) => {
  const at = (path: string): string => new URL(path, exchange.url).href
  const video = {
    name: textIn(exchange, 'title', 'A described video'),
    description: `Colour bars and a tone.${' More.'.repeat(Math.min(numberIn(exchange, 'more', 0), MORE_MAX))}`,
    author: { '@type': 'Person', name: 'The test kit' },
    thumbnailUrl: at('/thumbnail.jpg'),
    uploadDate: '2024-02-29',
    duration: `PT${numberIn(exchange, 'seconds', MEDIA_SECONDS)}S`,
    interactionStatistic: {
      '@type': 'InteractionCounter',
      interactionType: { '@type': 'WatchAction' },
      userInteractionCount: 1234,
    },
    contentUrl: at(textIn(exchange, 'src', '/video.mp4')),
    contentSize: textIn(exchange, 'size', ''),
    ...(exchange.url.searchParams.has('chapters') && { hasPart: chaptersOf(numberIn(exchange, 'chapters', 0)) }),
    ...(exchange.url.searchParams.has('clips') && { hasPart: clipsOf(numberIn(exchange, 'clips', 0)) }),
  }
  sendText(exchange, jsonLdPage(video))
}

/** So many chapters of half a second each. */
const clipsOf = (count: number) =>
  Array.from({ length: Math.min(count, CHAPTERS_MAX) }, (_, at) => ({
    '@type': 'Clip',
    name: `Chapter ${at + 1}`,
    startOffset: at / 2,
    endOffset: (at + 1) / 2,
  }))

/** Three chapters of so many seconds, named with what notes of ffmpeg read as their own. */
const chaptersOf = (seconds: number) =>
  ['First', 'Second = two; #2\\', 'Dritter „Teil“'].map((name, at) => ({
    '@type': 'Clip',
    name,
    startOffset: at * seconds,
    endOffset: (at + 1) * seconds,
  }))

export const pageWithSeveral: Answer = (exchange) => {
  const videos = ['/video.mp4', '/video-no-range.mp4', '/chunked.mp4'].map((source) => videoElement(source))
  sendText(exchange, htmlPage('A page with several videos', videos.join('\n')))
}

export const pageWithoutVideo: Answer = (exchange) =>
  sendText(exchange, htmlPage('A page without a video', '<p>Nothing to see here.</p>'))

export const pageWithForbiddenMedia: Answer = (exchange) =>
  sendText(exchange, htmlPage('A page whose video is forbidden', videoElement('/status/403.mp4')))
