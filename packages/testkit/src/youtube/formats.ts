/** The formats of a video, as the player API describes them. */
import type { Media } from '../media.ts'
import { challengedAddress, guardedAddress, plainAddress } from './media-addresses.ts'
import type { Player } from './player.ts'
import type { LocalVideo } from './videos.ts'

interface Itag {
  readonly file: 'whole.mp4' | 'picture.mp4' | 'sound.m4a'
  readonly mimeType: string
  readonly description: Readonly<Record<string, unknown>>
}

/** By YouTube's number of the format. */
export const itags = {
  18: {
    file: 'whole.mp4',
    mimeType: 'video/mp4; codecs="avc1.42001E, mp4a.40.2"',
    description: {
      width: 320,
      height: 180,
      quality: 'small',
      qualityLabel: '180p',
      bitrate: 200_000,
      audioChannels: 1,
    },
  },
  136: {
    file: 'picture.mp4',
    mimeType: 'video/mp4; codecs="avc1.4d401f"',
    description: { width: 640, height: 360, quality: 'medium', qualityLabel: '360p', bitrate: 400_000, fps: 15 },
  },
  140: {
    file: 'sound.m4a',
    mimeType: 'audio/mp4; codecs="mp4a.40.2"',
    description: { quality: 'tiny', audioQuality: 'AUDIO_QUALITY_MEDIUM', bitrate: 64_000, audioChannels: 1 },
  },
} as const satisfies Record<number, Itag>

const NUMBERS = Object.keys(itags).map(Number) as (keyof typeof itags)[]
const MEDIA_MS = 3_000

/** What stands under `streamingData`; nothing where there are no formats. */
export async function streamingData(video: LocalVideo, player: Player, media: Media): Promise<object | undefined> {
  const { formats } = video
  if (formats === undefined) return undefined
  if (formats === 'live') return { expiresInSeconds: '21540', hlsManifestUrl: LIVE_MANIFEST }
  const described = await Promise.all(
    NUMBERS.map(async (itag) => ({ ...(await describe(itag, media)), ...wayTo(formats, itag, player) })),
  )
  return {
    expiresInSeconds: '21540',
    ...(formats === 'sabr' && { serverAbrStreamingUrl: plainAddress(0) }),
    formats: described.filter(({ itag }) => itag === 18),
    adaptiveFormats: described.filter(({ itag }) => itag !== 18),
  }
}

export const LIVE_MANIFEST = 'https://manifest.googlevideo.com/api/manifest/hls_variant/playlist/index.m3u8'

async function describe(itag: keyof typeof itags, media: Media): Promise<{ itag: number; [field: string]: unknown }> {
  const { file, mimeType, description } = itags[itag]
  const bytes = await media.read('apart', file)
  return {
    itag,
    mimeType,
    ...description,
    ...{ contentLength: String(bytes?.length ?? 0), approxDurationMs: String(MEDIA_MS), projectionType: 'RECTANGULAR' },
  }
}

function wayTo(formats: 'solved' | 'plain' | 'guarded' | 'sabr', itag: number, player: Player): object {
  if (formats === 'sabr') return {}
  if (formats === 'plain') return { url: plainAddress(itag) }
  if (formats === 'guarded') return { url: guardedAddress(itag) }
  const { url, signature } = challengedAddress(player, itag)
  return { signatureCipher: String(new URLSearchParams({ s: signature, sp: 'sig', url })) }
}
