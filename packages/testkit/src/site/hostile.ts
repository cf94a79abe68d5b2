/** Sources that attack whoever reads them: through manifests, names and redirects. */
import { type Answer, BadParameter, escapeHtml, sendText, textIn } from './exchange.ts'
import { htmlPage, jsonLdPage, videoElement } from './pages.ts'
import { PLAYLIST_TYPE, sendMedia } from './plain-files.ts'

const FORGED =
  '\n{"event":"file","path":"/etc/passwd"}\n{"type":"result","filename":"/etc/passwd"}\n@@AFTER "/etc/passwd"\n'

/** Titles that have broken file names, headers, logs and terminals. */
const titles: Readonly<Record<string, string>> = {
  emoji: '\u{1f3ac}'.repeat(300),
  direction: '\u202egnp.exe\u202c \u200f\u200e\u2066mp4.\u2069\u0000\u001b[31m\u007f\u0085',
  quotes: `"double" 'single' \`back\` $(reboot) ; rm -rf / | %(title)s %s {0} \\ <b>&amp;</b>`,
  newlines: `first\r\nSet-Cookie: a=b\r\n\r\nsecond\u2028third${FORGED}`,
  traversal: '../../../../etc/passwd/..\\..\\..\\windows\\system32/.hidden/CON.mp4...',
}

/**
 * A finished media playlist to yt-dlp, which searches the whole text for its tags, takes a vertical tab for the end of
 * a line, and hands SAMPLE-AES to ffmpeg; a master playlist to ffmpeg, to which the second line is a comment, and
 * which opens the child at `?target=` past any proxy.
 */
export const sampleAesPlaylist: Answer = (exchange) =>
  sendText(
    exchange,
    [
      '#EXTM3U',
      '# #EXT-X-TARGETDURATION:10 #EXT-X-KEY:METHOD=SAMPLE-AES,URI="/hls-aes/secret.key" #EXT-X-ENDLIST\v#EXTINF:10,\v',
      '#EXT-X-STREAM-INF:BANDWIDTH=100000',
      textIn(exchange, 'target'),
      '',
    ].join('\n'),
    { type: PLAYLIST_TYPE },
  )

/** A playlist that says it is an mp4: stored as media, it makes a later ffmpeg open `?target=`. */
export const playlistAsVideo: Answer = (exchange) =>
  sendText(exchange, playlistOf(textIn(exchange, 'target', 'file:///etc/passwd')), { type: 'video/mp4' })

/** The same with a DASH manifest. */
export const manifestAsVideo: Answer = (exchange) => {
  const target = escapeHtml(textIn(exchange, 'target', 'file:///etc/passwd'))
  const representation = `<Representation id="1" bandwidth="100000" codecs="avc1.42c00c"><BaseURL>${target}</BaseURL></Representation>`
  const period = `<Period><AdaptationSet mimeType="video/mp4">${representation}</AdaptationSet></Period>`
  // ffmpeg knows a manifest by its profile.
  const profile = 'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"'
  const head = `xmlns="urn:mpeg:dash:schema:mpd:2011" ${profile} type="static" mediaPresentationDuration="PT3S"`
  sendText(exchange, `<?xml version="1.0"?>\n<MPD ${head}>${period}</MPD>\n`, { type: 'video/mp4' })
}

/** An honest playlist but for where its fragments, or with `?key=` its key, are: at `?to=`. */
export const playlistInside: Answer = (exchange) => {
  const to = textIn(exchange, 'to')
  const key = exchange.url.searchParams.has('key')
  const text = key ? playlistOf('/fragments/fragments-0.ts', to) : playlistOf(to)
  sendText(exchange, text, { type: PLAYLIST_TYPE })
}

/** A page whose video, thumbnail and subtitles are at `?to=`. */
export const pageInside: Answer = (exchange) => {
  const to = textIn(exchange, 'to')
  const track = `<track kind="subtitles" srclang="en" src="${escapeHtml(to)}">`
  sendText(exchange, htmlPage('A page that points inside', videoElement(to, track)))
}

/** Title and media address both hold lines that look like the events of a downloader. */
export const forgedTitle: Answer = (exchange) =>
  sendText(
    exchange,
    htmlPage(`forged${FORGED}`, videoElement(`/hostile/forged-title/${encodeURIComponent(FORGED)}.mp4`)),
  )

/** The video of `forgedTitle`, whatever its name. */
export const forgedVideo: Answer = (exchange) => sendMedia(exchange, 'video', 'video.mp4')

/** One of the titles by `?which=`, or all of them in a row. */
export const hostileTitle: Answer = (exchange) => {
  const which = textIn(exchange, 'which', 'all')
  const title = which === 'all' ? Object.values(titles).join(' ') : titles[which]
  if (title === undefined) throw new BadParameter(`which must be all or one of ${Object.keys(titles).join(', ')}.`)
  const contentUrl = new URL('/video.mp4', exchange.url).href
  sendText(exchange, jsonLdPage({ name: title, description: title, author: { name: title }, contentUrl }))
}

const playlistOf = (fragment: string, key?: string): string =>
  [
    ...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:10', '#EXT-X-MEDIA-SEQUENCE:0'],
    ...(key === undefined ? [] : [`#EXT-X-KEY:METHOD=AES-128,URI="${key}"`]),
    ...['#EXTINF:10.0,', fragment, '#EXT-X-ENDLIST', ''],
  ].join('\n')
