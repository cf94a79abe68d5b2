/** What is no video to us: pictures, and manifests of protocols that no downloader here speaks. */
import { type Answer, sendText } from './exchange.ts'

/** One transparent point. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export const gif: Answer = ({ response }) => {
  response.writeHead(200, { 'content-type': 'image/gif', 'content-length': GIF.length }).end(GIF)
}

/** Smooth Streaming, with one quality of picture. */
export const smoothManifest: Answer = (exchange) =>
  sendText(
    exchange,
    `<?xml version="1.0" encoding="utf-8"?>
<SmoothStreamingMedia MajorVersion="2" MinorVersion="0" Duration="30000000">
  <StreamIndex Type="video" Chunks="1" Url="QualityLevels({bitrate})/Fragments(video={start time})">
    <QualityLevel Index="0" Bitrate="400000" FourCC="H264" MaxWidth="320" MaxHeight="180"
      CodecPrivateData="000000016742C00C0000000168CE3C80" />
    <c d="30000000" />
  </StreamIndex>
</SmoothStreamingMedia>
`,
    { type: 'application/vnd.ms-sstr+xml' },
  )

/** Adobe's HTTP Dynamic Streaming. */
export const flashManifest: Answer = (exchange) =>
  sendText(
    exchange,
    `<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns="http://ns.adobe.com/f4m/1.0">
  <id>video</id><duration>3</duration><streamType>recorded</streamType>
  <bootstrapInfo profile="named" id="b">AAAAi2Fic3QAAAAAAAAAAQAAAAPoAAAAAAAAC7gAAAAAAAAAAAA=</bootstrapInfo>
  <media bitrate="400" url="video" bootstrapInfoId="b"/>
</manifest>
`,
    { type: 'application/f4m+xml' },
  )
