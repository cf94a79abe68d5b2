/** The one table of the video site's addresses. It also makes the index page, so it cannot be out of date. */
import * as broken from './broken-bodies.ts'
import { browsersOnly } from './browsers-only.ts'
import * as captions from './captions.ts'
import { type Answer, escapeHtml, sendText } from './exchange.ts'
import * as expiring from './expiring.ts'
import * as names from './false-names.ts'
import * as faulty from './faulty.ts'
import * as hostile from './hostile.ts'
import * as latest from './latest.ts'
import * as lists from './lists.ts'
import * as longLists from './long-lists.ts'
import * as members from './members.ts'
import * as noVideos from './no-videos.ts'
import * as oneAddress from './one-address.ts'
import * as pages from './pages.ts'
import * as partial from './partial-answers.ts'
import * as peculiar from './peculiar.ts'
import * as periods from './periods.ts'
import * as plain from './plain-files.ts'
import * as samples from './sample-manifests.ts'
import * as segments from './segments.ts'
import * as spoken from './spoken.ts'
import * as statuses from './statuses.ts'
import * as streams from './streams.ts'
import * as tracks from './track-names.ts'
import { upcomingPage, upcomingPath } from './upcoming.ts'

interface Route {
  /** An exact path, or one that ends with `*`. */
  readonly path: string
  /** An address to try; default: the path. */
  readonly example?: string
  readonly says: string
  readonly answer: Answer
}

const index: Answer = (exchange) => {
  const rows = routes.map(({ path, example = path, says }) => {
    const address = escapeHtml(example)
    return `<tr><td><a href="${address}">${address}</a></td><td>${escapeHtml(says)}</td></tr>`
  })
  sendText(exchange, pages.htmlPage('The video site', `<table>\n${rows.join('\n')}\n</table>`))
}

const big = plain.sizedVideo({ bytes: 500_000_000, rate: 0 })
const slow = plain.sizedVideo({ bytes: 1_000_000, rate: 50_000 })

export const routes: readonly Route[] = [
  { path: '/', says: 'This page.', answer: index },

  {
    path: '/video.mp4',
    says: 'A plain mp4: ranges, HEAD, length, ETag.',
    answer: plain.mediaFile('video', 'video.mp4'),
  },
  { path: '/video.webm', says: 'The same as webm.', answer: plain.mediaFile('webm', 'video.webm') },
  { path: '/audio.mp3', says: 'Sound only.', answer: plain.mediaFile('audio', 'audio.mp3') },
  { path: '/audio.m4a', says: 'Sound only.', answer: plain.mediaFile('audio', 'audio.m4a') },
  { path: '/thumbnail.jpg', says: 'A picture.', answer: plain.mediaFile('extras', 'thumbnail.jpg') },
  { path: '/subtitles.vtt', says: 'Subtitles.', answer: plain.mediaFile('extras', 'subtitles.vtt') },
  { path: '/video-no-range.mp4', says: 'Ranges are ignored. ?bytes=', answer: plain.videoWithoutRanges },
  { path: '/chunked.mp4', says: 'Chunked, without a length. ?bytes=', answer: plain.chunkedVideo },
  {
    path: '/big.mp4',
    example: '/big.mp4?bytes=500000000&rate=50000000',
    says: 'Exactly ?bytes= long, at ?rate= bytes per second (0: no limit). Its sha-256 is largeVideoDigest(bytes).',
    answer: big,
  },
  { path: '/slow.mp4', example: '/slow.mp4?rate=50000', says: 'The same, slow: 1 MB in 20 s. ?bytes=', answer: slow },

  { path: '/page', says: 'A title and a video element with subtitles. ?src= ?title=', answer: pages.pageWithVideo },
  {
    path: '/jsonld',
    says: 'JSON-LD VideoObject with everything, and ?more= sentences. ?src= ?title= ?size= ?seconds= ?chapters= ?clips=',
    answer: pages.pageWithJsonLd,
  },
  {
    path: '/captioned',
    says: 'A picture, and subtitles: en-GB (WebVTT), de (SubRip), es (TTML); fr, it and nl cannot be had. ?src=',
    answer: captions.captionedPage,
  },
  { path: '/captions/de.srt', says: 'Subtitles in SubRip.', answer: captions.subRip },
  { path: '/captions/es.ttml', says: 'Subtitles in TTML.', answer: captions.timedText },
  { path: '/captions/page.vtt', says: 'A page where subtitles should be.', answer: captions.noSubtitles },
  { path: '/captions/master.m3u8', says: 'HLS with subtitles in two pieces.', answer: captions.captionedMaster },
  { path: '/captions/pieces.m3u8', says: 'These pieces.', answer: captions.captionPieces },
  { path: '/captions/piece-0.vtt', says: 'The first.', answer: captions.captionPiece(0) },
  { path: '/captions/piece-1.vtt', says: 'The second.', answer: captions.captionPiece(1) },

  {
    path: '/spoken',
    example: '/spoken?file=rolling',
    says: 'A video with captions in two languages, and no media worth fetching. ?file= names other captions, in English.',
    answer: spoken.spokenPage,
  },
  {
    path: '/spoken/*',
    example: '/spoken/rolling.vtt',
    says: `Captions: ${spoken.spokenNames.join(', ')}.`,
    answer: spoken.spokenFile,
  },

  { path: '/members/login', example: '/members/login?account=a', says: 'Signs in.', answer: members.membersLogin },
  {
    path: '/members/cookies',
    example: '/members/cookies?account=a',
    says: 'All its cookies.',
    answer: members.membersCookies,
  },
  {
    path: '/members/page',
    example: '/members/page?account=a',
    says: 'A page for who is signed in, with a new cookie at each use. ?grace= old ones are good too. ?echo',
    answer: members.membersPage,
  },
  {
    path: '/members/video.mp4',
    example: '/members/video.mp4?account=a',
    says: 'Its video. ?grace= ?bytes= ?rate=',
    answer: members.membersVideo,
  },

  { path: '/one-address/login', says: 'Signs in, for one address.', answer: oneAddress.oneAddressLogin },
  {
    path: '/one-address/page',
    says: 'A page for who is signed in. A second address that uses the session ends it.',
    answer: oneAddress.oneAddressPage,
  },
  { path: '/one-address/video.mp4', says: 'Its video.', answer: oneAddress.oneAddressVideo },
  {
    path: '/limited/page',
    example: '/limited/page?key=a&looks=3',
    says: 'A page that each address may see ?looks= times for a key. Then it is asked whether it is a bot.',
    answer: oneAddress.limitedPage,
  },

  { path: '/several', says: 'Three videos on one page.', answer: pages.pageWithSeveral },
  { path: '/page-without-video', says: 'No video at all.', answer: pages.pageWithoutVideo },
  {
    path: '/page-broken-manifest',
    says: 'Its playlist (?manifest=) is missing, its video (?src=) is there.',
    answer: faulty.pageWithBrokenManifest,
  },
  {
    path: '/page-without-formats',
    says: 'Its only playlist (?manifest=) is missing.',
    answer: faulty.pageWithoutFormats,
  },
  { path: '/page-media-403', says: 'The page is fine, its video is 403.', answer: pages.pageWithForbiddenMedia },

  {
    path: '/sent-as/*',
    example: '/sent-as/streaming.php?id=1&of=video/video.mp4&type=video/mp4',
    says: 'The file ?of=RECIPE/FILE under any name, as ?type=.',
    answer: names.mediaSentAs,
  },
  {
    path: '/page-first/*',
    example: '/page-first/video.mp4?key=a&of=video/video.mp4&type=video/mp4',
    says: 'The same, but the first ?pages= times that a key is asked for a page, with status 200.',
    answer: names.pageFirst,
  },
  {
    path: '/hls-of-one.m3u8',
    example: '/hls-of-one.m3u8?segment=/audio.mp3',
    says: 'HLS of one segment, at ?segment=.',
    answer: names.playlistOfOne,
  },
  {
    path: '/hls-claims.m3u8',
    example: '/hls-claims.m3u8?playlist=/hls/high.m3u8&codecs=avc1.42c00c,mp4a.40.2',
    says: 'HLS of one stream at ?playlist=, which claims ?codecs=.',
    answer: names.masterOfOne,
  },

  {
    path: '/dash-of-two.mpd',
    example: '/dash-of-two.mpd?picture=/video.mp4&sound=/audio.m4a',
    says: 'DASH of one file at ?picture= and one at ?sound=.',
    answer: names.manifestOfTwo,
  },
  {
    path: '/lists/feed.xml',
    example: '/lists/feed.xml?item=enclosure:/audio.mp3&item=link:/page',
    says: 'RSS with an entry for each ?item=. ?guid=none ?pad=',
    answer: lists.feed,
  },
  { path: '/lists/endless.xml', says: 'RSS that leads to RSS, for ever.', answer: lists.endlessFeed },
  {
    path: '/lists/long.xml',
    example: '/lists/long.xml?entries=60',
    says: 'RSS with many entries, some of them gone, private or there twice. ?entries= ?to= ?mixed=no',
    answer: longLists.longFeed,
  },
  { path: '/lists/itself.xml', says: 'RSS whose first entry is itself. ?then=', answer: lists.feedOfItself },
  {
    path: '/lists/endless-pages',
    says: 'A page that leads to a page, for ever. ?by=refresh or player',
    answer: lists.endlessPages,
  },
  {
    path: '/lists/list.xspf',
    example: '/lists/list.xspf?location=/audio.mp3',
    says: 'XSPF with a track for each ?location=.',
    answer: lists.xspf,
  },
  { path: '/lists/atom.xml', says: 'Atom with a link to ?link=.', answer: lists.atom },

  {
    path: '/tracks/named.m3u8',
    example: '/tracks/named.m3u8?name=English&name=Deutsch',
    says: 'HLS with a sound track for each ?name=.',
    answer: tracks.namedTracks,
  },
  {
    path: '/tracks/named.mpd',
    example: '/tracks/named.mpd?id=en&id=de',
    says: 'DASH with a sound track for each ?id=, and a ?picture=.',
    answer: tracks.namedRepresentations,
  },
  {
    path: '/latest.mp3',
    example: '/latest.mp3?key=a&tells=etag',
    says: 'Another file after each look at /latest/next for the key: ?tells= etag, last-modified, length, nothing.',
    answer: latest.latestSound,
  },
  { path: '/latest/next', example: '/latest/next?key=a', says: 'Replaces it.', answer: latest.replaceLatest },
  {
    path: '/samples/*',
    example: '/samples/hls-media.m3u8',
    says: `HLS and DASH with the features of public test streams: ${samples.sampleManifests.join(', ')}.`,
    answer: samples.sample,
  },
  {
    path: '/peculiar/picture.m3u8',
    example: '/peculiar/picture.m3u8?picture=png',
    says: 'HLS with a ?picture= (png, jpeg, gif) before each segment.',
    answer: peculiar.pictureFirst,
  },
  { path: '/peculiar/page', says: 'Its HLS wants a Referer. ?how= video, jsonld', answer: peculiar.pageWithReferer },
  { path: '/peculiar/wanted.m3u8', says: 'That HLS.', answer: peculiar.playlistWithReferer },
  { path: '/peculiar/base', says: 'A page with ?base= and a video at ?src=.', answer: peculiar.pageWithBase },
  {
    path: '/peculiar/*',
    example: '/peculiar/picture-0.ts',
    says: 'What they are made of.',
    answer: peculiar.peculiarPart,
  },
  {
    path: '/periods.mpd',
    example: '/periods.mpd?kind=anew',
    says: 'DASH of two periods: ?kind= anew (times begin anew), goes-on, other (other tracks in the second).',
    answer: periods.twoPeriods,
  },
  {
    path: '/partial.mp4',
    example: '/partial.mp4?way=first&bytes=20000',
    says: '206 with a part of it: ?way= first, capped, stuck, late, early, skipping.',
    answer: partial.partialVideo,
  },

  {
    path: '/hls/*',
    example: '/hls/master.m3u8',
    says: 'HLS, sound apart, two pictures.',
    answer: streams.streamFolder('hls'),
  },
  { path: '/hls/simple.m3u8', says: 'HLS in one.', answer: plain.mediaFile('hls', 'simple.m3u8') },
  { path: '/hls-aes/*', example: '/hls-aes/aes.m3u8', says: 'HLS with AES-128.', answer: streams.streamFolder('aes') },
  {
    path: '/choices/*',
    example: '/choices/manifest.mpd',
    says: 'DASH: 144p, 360p and 720p, in H.264, H.265, VP9 and AV1, with sound in English and German.',
    answer: streams.streamFolder('choices'),
  },
  {
    path: '/counted/*',
    example: '/counted/video.mp4',
    says: 'Ten seconds whose pictures tell their time by their brightness, as mp4 with chapters and as webm; sound; and a picture of odd width and height.',
    answer: streams.streamFolder('counted'),
  },
  {
    path: '/long/*',
    example: '/long/video.mp4',
    says: 'A minute of noise, in H.264 and in MPEG-4 Visual.',
    answer: streams.streamFolder('long'),
  },
  {
    path: '/unplayed/*',
    example: '/unplayed/opus.mkv',
    says: 'What not all players play: H.264 with Opus, H.265 with ten bits.',
    answer: streams.streamFolder('unplayed'),
  },
  {
    path: '/pictures/*',
    example: '/pictures/perceptual.mp4',
    says: 'A second of three bars of light in high dynamic range or wide colours, and of a picture in fields.',
    answer: streams.streamFolder('pictures'),
  },
  {
    path: '/containers/*',
    example: '/containers/video.mkv',
    says: 'One file of each container.',
    answer: streams.streamFolder('containers'),
  },
  { path: '/dash/*', example: '/dash/manifest.mpd', says: 'DASH, sound apart.', answer: streams.streamFolder('dash') },
  {
    path: '/long-hls.m3u8',
    example: '/long-hls.m3u8?fragments=300&delay=50',
    says: 'HLS of ?fragments=, each after ?delay= milliseconds.',
    answer: streams.longPlaylist,
  },
  { path: '/protected.m3u8', says: 'HLS for licensed players only.', answer: faulty.protectedPlaylist },
  { path: '/garbage.mpd', says: 'DASH of which picture and sound are text.', answer: faulty.manifestOfGarbage },
  { path: '/nothing.mpd', says: 'DASH without anything in it.', answer: faulty.emptyManifest },
  {
    path: '/ex/player',
    example: upcomingPath({ startsAt: Date.UTC(2100, 0) }),
    says: 'A stream that has not begun until the moment that its id names. It works under another name alone.',
    answer: upcomingPage,
  },
  { path: '/live.m3u8', says: 'HLS that grows and never ends.', answer: streams.livePlaylist },
  {
    path: '/bad-segment.m3u8',
    example: '/bad-segment.m3u8?status=403',
    says: 'HLS of which the second segment answers ?status=. ?retry-after=',
    answer: segments.playlistWithBadSegment,
  },
  { path: '/bad-segment.ts', says: 'That segment.', answer: segments.badSegment },
  {
    path: '/bad-segment-dash/*',
    example: '/bad-segment-dash/403/manifest.mpd',
    says: 'The same in DASH, with the status in the path.',
    answer: segments.dashWithBadSegment,
  },
  {
    path: '/gaps.m3u8',
    example: '/gaps.m3u8?missing=1,3',
    says: 'HLS whose segments ?missing= are marked so. ?aes=',
    answer: segments.playlistWithGaps,
  },
  {
    path: '/two-initializations.m3u8',
    example: '/two-initializations.m3u8?again=other',
    says: 'HLS whose initialization is reported ?again= (same, renamed, other).',
    answer: segments.playlistWithTwoInitializations,
  },
  {
    path: '/sample-encrypted.m3u8',
    says: 'HLS for licensed players, by ?method=.',
    answer: segments.sampleEncryptedPlaylist,
  },
  {
    path: '/repeated-length.mp4',
    says: 'Its length is reported twice, the second time as ?second=.',
    answer: segments.repeatedLength,
  },
  { path: '/picture.gif', says: 'A GIF.', answer: noVideos.gif },
  { path: '/smooth.ism/manifest', says: 'Smooth Streaming.', answer: noVideos.smoothManifest },
  { path: '/flash.f4m', says: 'HTTP Dynamic Streaming.', answer: noVideos.flashManifest },
  {
    path: '/named/*',
    example: '/named/404/the_premium_of_trust',
    says: 'A status, of a page of any name.',
    answer: statuses.namedStatus,
  },
  { path: '/radio.m3u', says: 'The list of a radio, with ?to= in it.', answer: segments.radioList },
  { path: '/radio/stream', says: 'Its stream.', answer: segments.radioStream },
  {
    path: '/fragments/*',
    example: '/fragments/fragments-0.ts?delay=50',
    says: 'What the two before are made of.',
    answer: streams.streamFolder('fragments'),
  },

  {
    path: '/stall.mp4',
    example: '/stall.mp4?after=20000',
    says: '?after= bytes, then silence. ?bytes=',
    answer: broken.stallingVideo,
  },
  { path: '/stall-page', says: 'Headers never come.', answer: broken.stallingPage },
  { path: '/truncated.mp4', says: 'Closed after ?after= of ?bytes=.', answer: broken.truncatedVideo },
  { path: '/reset.mp4', says: 'Connection reset after ?after= of ?bytes=.', answer: broken.resetVideo },
  { path: '/empty.mp4', says: '0 bytes.', answer: broken.emptyVideo },
  { path: '/endless.mp4', says: 'Chunked, never ends. ?rate= (5 MB per second)', answer: broken.endlessVideo },
  { path: '/not-a-video.mp4', says: 'Text that says it is an mp4.', answer: broken.notAVideo },

  {
    path: '/status/*',
    example: '/status/403',
    says: 'Any status from 400 to 599, with ?reason= behind it and ?egress= as a header of the proxy; /status/403.mp4 as media.',
    answer: statuses.statusPage,
  },
  {
    path: '/flaky',
    example: '/flaky?key=a&failures=2&status=503',
    says: 'Fails that often for each key, then sends the mp4. ?retry-after=',
    answer: statuses.flakyVideo,
  },
  {
    path: '/browsers-only/*',
    example: '/browsers-only/page?src=/browsers-only/video.mp4',
    says: 'Any other address of this site, for a Chrome over HTTPS alone. ?challenge ?elsewhere=',
    answer: browsersOnly((path) => {
      const route = routeOf(path)
      return route === null ? null : (exchange) => route.answer({ ...exchange, rest: route.rest })
    }),
  },
  { path: '/challenge', says: '403, to tell people from machines.', answer: faulty.challengePage },
  {
    path: '/expiring',
    example: '/expiring?key=a&status=410',
    says: 'Each look at it for a key ends the address of the video that was given before: ?status=.',
    answer: expiring.expiringPage,
  },
  {
    path: '/expiring.mp4',
    example: '/expiring.mp4?key=a&ticket=1',
    says: 'Its video.',
    answer: expiring.expiringVideo,
  },
  { path: '/redirect', example: '/redirect?to=/video.mp4', says: '302 to anywhere.', answer: statuses.redirect },
  { path: '/redirect-loop', says: 'Never arrives.', answer: statuses.redirectLoop },

  {
    path: '/hostile/sample-aes.m3u8',
    example: '/hostile/sample-aes.m3u8?target=tcp://127.0.0.1:9/x',
    says: 'SAMPLE-AES with a child playlist at ?target=.',
    answer: hostile.sampleAesPlaylist,
  },
  {
    path: '/hostile/manifest-as-mp4.mp4',
    says: 'HLS that says it is an mp4 and names ?target=.',
    answer: hostile.playlistAsVideo,
  },
  {
    path: '/hostile/dash-as-mp4.mp4',
    says: 'DASH that says it is an mp4, in name too. ?target=',
    answer: hostile.manifestAsVideo,
  },
  {
    path: '/hostile/manifest.mpd',
    says: 'DASH that says it is an mp4 and names ?target=.',
    answer: hostile.manifestAsVideo,
  },
  {
    path: '/hostile/inside.m3u8',
    example: '/hostile/inside.m3u8?to=http://127.0.0.1:9/',
    says: 'Fragment (&key: key) at ?to=.',
    answer: hostile.playlistInside,
  },
  {
    path: '/hostile/bomb',
    example: '/hostile/bomb?bytes=1000000',
    says: 'A page of ?bytes=, packed a thousandfold.',
    answer: faulty.compressedBomb,
  },
  {
    path: '/hostile/busy',
    example: '/hostile/busy?kilobytes=10',
    says: '?kilobytes= that take minutes to read.',
    answer: faulty.busyPage,
  },
  {
    path: '/hostile/page-inside',
    example: '/hostile/page-inside?to=http://127.0.0.1:9/',
    says: 'Video at ?to=.',
    answer: hostile.pageInside,
  },
  {
    path: '/hostile/redirect-inside',
    example: '/hostile/redirect-inside?to=http://127.0.0.1:9/',
    says: '302 to ?to=.',
    answer: statuses.redirect,
  },
  { path: '/hostile/forged-title', says: 'Title and media address hold forged events.', answer: hostile.forgedTitle },
  {
    path: '/hostile/forged-title/*',
    example: '/hostile/forged-title/a.mp4',
    says: 'Its video.',
    answer: hostile.forgedVideo,
  },
  {
    path: '/hostile/many-titles',
    says: 'Emoji, directions, quotes, newlines, paths. ?which=',
    answer: hostile.hostileTitle,
  },
]

/** The route of a path, and what its `*` stands for; an exact path goes before one with a `*`. */
export function routeOf(path: string): { answer: Answer; rest: string } | null {
  const exact = routes.find((route) => route.path === path)
  if (exact) return { answer: exact.answer, rest: '' }
  const open = routes.find((route) => route.path.endsWith('*') && path.startsWith(route.path.slice(0, -1)))
  return open ? { answer: open.answer, rest: decoded(path.slice(open.path.length - 1)) } : null
}

/** A malformed name is no name of ours either. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
