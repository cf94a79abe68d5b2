/** A video with subtitles of every kind that a source may have: good ones in three formats, and ones that cannot be used. */
import { type Answer, escapeHtml, sendText, textIn } from './exchange.ts'
import { htmlPage } from './pages.ts'
import { PLAYLIST_TYPE } from './plain-files.ts'

const track = (language: string, source: string): string =>
  `<track kind="subtitles" srclang="${language}" label="${language}" src="${source}">`

/** `?src=` replaces the video. `fr` is not there, `it` is a page, `nl` lies where nobody may look. */
export const captionedPage: Answer = (exchange) => {
  const tracks = [
    track('en-GB', '/subtitles.vtt'),
    track('de', '/captions/de.srt'),
    track('es', '/captions/es.ttml'),
    track('fr', '/captions/missing.vtt'),
    track('it', '/captions/page.vtt'),
    track('nl', 'http://169.254.169.254/latest.vtt'),
  ]
  const source = escapeHtml(textIn(exchange, 'src', '/video.mp4'))
  const video = `<video controls src="${source}" poster="/thumbnail.jpg">${tracks.join('')}</video>`
  sendText(exchange, htmlPage('A captioned video', video))
}

export const subRip: Answer = (exchange) =>
  sendText(
    exchange,
    '1\n00:00:00,000 --> 00:00:01,500\n<font color="red">Ein <i>Testbild</i></font>\n\n2\n00:00:01,500 --> 00:00:03,000\nund ein Testton\n',
    { type: 'application/x-subrip' },
  )

export const timedText: Answer = (exchange) =>
  sendText(
    exchange,
    '<?xml version="1.0" encoding="utf-8"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:00.000" end="00:00:01.500">Una imagen de prueba</p></div></body></tt>',
    { type: 'application/ttml+xml' },
  )

export const noSubtitles: Answer = (exchange) => sendText(exchange, htmlPage('Please sign in', '<p>WEBVTT</p>'))

/** Captions in two pieces, each with times of its own, as broadcasters send them. */
export const captionedMaster: Answer = (exchange) =>
  sendText(
    exchange,
    [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="English",LANGUAGE="en",URI="/captions/pieces.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,CODECS="avc1.42c00c,mp4a.40.2",SUBTITLES="text"',
      '/hls/simple.m3u8',
      '',
    ].join('\n'),
    { type: PLAYLIST_TYPE },
  )

export const captionPieces: Answer = (exchange) =>
  sendText(
    exchange,
    [
      ...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:2', '#EXT-X-PLAYLIST-TYPE:VOD'],
      ...['#EXTINF:1.5,', '/captions/piece-0.vtt', '#EXTINF:1.5,', '/captions/piece-1.vtt', '#EXT-X-ENDLIST', ''],
    ].join('\n'),
    { type: PLAYLIST_TYPE },
  )

const MAP = 'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0'

export const captionPiece =
  (number: number): Answer =>
  (exchange) => {
    const [start, end] = [`00:00:0${number}.500`, `00:00:0${number + 1}.000`]
    sendText(exchange, `WEBVTT\n${MAP}\n\n${start} --> ${end}\nPiece ${number}\n`, { type: 'text/vtt' })
  }
