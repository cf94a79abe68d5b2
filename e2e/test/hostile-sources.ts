/** What hostile sources are made of: spellings of this machine, playlists and manifests that lead elsewhere. */

export const HLS = 'application/vnd.apple.mpegurl'
export const DASH = 'application/dash+xml'
export const SMIL = 'application/smil+xml'
export const HTML = 'text/html'

/** Hosts that mean this machine or its network, as addresses spell them. Each is refused when it is connected to. */
export const insideHosts = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  '%6c%6f%63alhost',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  'local\u00adhost',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0X7F.0x0.0x0.0x1',
  '0177.0.0.1',
  '017700000001',
  '0177.0.0.0x1',
  '127.127.127.127',
  '127.0.0.2',
  '１２７.0.0.1',
  '127．0．0．1',
  '127。0。0。1',
  '①②⑦.0.0.1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0x0',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::FFFF:127.0.0.1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fec0::1]',
  '[fd00:ec2::254]',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '172.16.0.1',
  '192.168.0.1',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
] as const

/** Addresses that are none, or that hide where they lead. The gateway turns them away. */
export const brokenAddresses = (port: number, site: string): string[] => [
  `http://user:pass@127.0.0.1:${port}/`,
  `http://${site}@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}\\@${site}/`.replace('http://', 'http:\\\\'),
  `http:/127.0.0.1:${port}/`,
  `http:127.0.0.1:${port}/`,
  `//127.0.0.1:${port}/`,
  `http://[fe80::1%25eth0]:${port}/`,
  `http://[::1%25lo]:${port}/`,
  `http://127.0.0.1%00:${port}/`,
  `http://127.0.0.1%2f:${port}/`,
  `http://127.0.0.256:${port}/`,
  `http://4294967296:${port}/`,
  `http://127.0.0.1:${port}/#__youtubedl_smuggle=%7B%22http_headers%22%3A%7B%7D%7D`,
  `http://127.0.0.1:${port}/%23__youtubedl%5Fsmuggle=1`,
  `http://127.0.0.1:99999/`,
  `http://127.0.0.1\t:${port}/`,
  `\u0000http://127.0.0.1:${port}/`,
  `file:///etc/passwd`,
  `ftp://127.0.0.1:${port}/x.mp4`,
  `gopher://127.0.0.1:${port}/x`,
  `rtmp://127.0.0.1:${port}/live`,
  `data:text/html,<video src=http://127.0.0.1:${port}/x.mp4>`,
  `javascript:alert(1)`,
  `ytsearch:x`,
  `:ythistory`,
  `test:Youtube`,
  `--exec=touch pwned`,
  `-o/tmp/pwned`,
  `--config-locations=/etc/passwd`,
  '',
  ' ',
]

/** Addresses as a manifest may name them. What is not http must not be opened at all, neither here nor by ffmpeg. */
export const manifestTargets = (port: number, secret: string): Record<string, string> => ({
  http: `http://127.0.0.1:${port}/x.ts`,
  https: `https://127.0.0.1:${port}/x.ts`,
  'IPv6 inside IPv4': `http://[::ffff:127.0.0.1]:${port}/x.ts`,
  tcp: `tcp://127.0.0.1:${port}/x.ts`,
  tls: `tls://127.0.0.1:${port}`,
  udp: `udp://127.0.0.1:${port}`,
  rtmp: `rtmp://127.0.0.1:${port}/live/x`,
  rtsp: `rtsp://127.0.0.1:${port}/x`,
  ftp: `ftp://127.0.0.1:${port}/x.ts`,
  gopher: `gopher://127.0.0.1:${port}/x.ts`,
  crypto: `crypto+http://127.0.0.1:${port}/x.ts`,
  httpproxy: `httpproxy://127.0.0.1:${port}/x.ts`,
  file: `file://${secret}`,
  'a bare path': secret,
  concat: `concat:${secret}|${secret}`,
  subfile: `subfile,,start,0,end,0,,:${secret}`,
  data: 'data:video/mp2t;base64,R0ZGRg==',
})

const mediaPlaylist = (fragment: string, more: string[] = []): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    '#EXT-X-TARGETDURATION:10',
    ...more,
    '#EXTINF:10,',
    fragment,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')

/** Playlists that lead to `to` by each way that HLS knows. `own`: a fragment that can be had. */
export const playlists = (to: string, own: string): Record<string, string> => ({
  fragment: mediaPlaylist(to),
  key: mediaPlaylist(own, [`#EXT-X-KEY:METHOD=AES-128,URI="${to}"`]),
  'SAMPLE-AES key': mediaPlaylist(own, [`#EXT-X-KEY:METHOD=SAMPLE-AES,URI="${to}"`]),
  'initialisation section': mediaPlaylist(own, [`#EXT-X-MAP:URI="${to}"`]),
  variant: `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=64x64\n${to}\n`,
  rendition: [
    '#EXTM3U',
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,URI="${to}"`,
    '#EXT-X-STREAM-INF:BANDWIDTH=100000,AUDIO="a"',
    to,
    '',
  ].join('\n'),
  // A finished media playlist to yt-dlp, a master playlist to ffmpeg.
  'two faces': [
    '#EXTM3U',
    '# #EXT-X-TARGETDURATION:10 #EXT-X-KEY:METHOD=SAMPLE-AES,URI="/k" #EXT-X-ENDLIST\v#EXTINF:10,\v',
    '#EXT-X-STREAM-INF:BANDWIDTH=100000',
    to,
    '',
  ].join('\n'),
  'live stream': ['#EXTM3U', '#EXT-X-TARGETDURATION:1', '#EXTINF:1,', to, ''].join('\n'),
  concat: `ffconcat version 1.0\nfile '${to}'\n`,
})

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const manifest = (inner: string): string =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
  `profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static" mediaPresentationDuration="PT3S">${inner}</MPD>`

const representation = (inner: string): string =>
  `<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="100000" codecs="avc1.42c00c">${inner}</Representation></AdaptationSet></Period>`

/** Manifests that lead to `to` by each way that DASH knows. */
export const manifests = (to: string): Record<string, string> => ({
  'base URL': manifest(representation(`<BaseURL>${escaped(to)}</BaseURL>`)),
  'base URL of all': manifest(
    `<BaseURL>${escaped(to)}</BaseURL>${representation('<SegmentTemplate media="$Number$.m4s" duration="1" startNumber="1"/>')}`,
  ),
  'segment template': manifest(
    representation(
      `<SegmentTemplate media="${escaped(to)}?$Number$" initialization="${escaped(to)}" duration="1" startNumber="1"/>`,
    ),
  ),
  'segment list': manifest(
    representation(`<SegmentList duration="1"><SegmentURL media="${escaped(to)}"/></SegmentList>`),
  ),
  'remote period': manifest(`<Period xlink:href="${escaped(to)}" xlink:actuate="onLoad"/>`),
  'external entity': `<!DOCTYPE MPD [<!ENTITY x SYSTEM "${escaped(to)}">]>${manifest(representation('<BaseURL>&x;</BaseURL>'))}`,
})

/** Presentations that lead to `to`. */
export const presentations = (to: string): Record<string, string> => ({
  video: `<smil><body><video src="${escaped(to)}" system-bitrate="1000"/></body></smil>`,
  base: `<smil><head><meta base="${escaped(to)}"/></head><body><video src="mp4:x" system-bitrate="1000"/></body></smil>`,
  captions: `<smil><body><video src="${escaped(to)}"/><textstream src="${escaped(to)}" type="text/vtt"/></body></smil>`,
})

/** Pages that lead to `to`. */
export const pages = (to: string): Record<string, string> => ({
  video: `<html><title>p</title><video src="${escaped(to)}"></video></html>`,
  subtitles: `<html><title>p</title><video src="${escaped(to)}"><track kind="subtitles" src="${escaped(to)}"></video></html>`,
  refresh: `<html><head><meta http-equiv="refresh" content="0; url=${escaped(to)}"></head></html>`,
  'open graph': `<html><head><title>p</title><meta property="og:title" content="p"><meta property="og:video" content="${escaped(to)}"><meta property="og:image" content="${escaped(to)}"></head></html>`,
  'described video': `<html><title>p</title><script type="application/ld+json">${JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'VideoObject',
    name: 'p',
    thumbnailUrl: to,
    contentUrl: to,
  })}</script></html>`,
  feed: `<?xml version="1.0"?><rss version="2.0"><channel><title>f</title><item><title>i</title><link>${escaped(to)}</link></item></channel></rss>`,
  frame: `<html><title>p</title><iframe src="${escaped(to)}"></iframe><embed src="${escaped(to)}"></html>`,
})
