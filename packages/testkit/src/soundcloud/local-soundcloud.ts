/**
 * A SoundCloud on loopback, for the real extractor of yt-dlp: its main page, whose last script holds the client id, an API that
 * refuses every other one, and the media, under the names that the extractor asks for.
 */
import { createHash } from 'node:crypto'
import type { CertificateAuthority } from '../certificates.ts'
import { createMedia, type Media } from '../media.ts'
import { type NamedSite, startNamedSite } from '../named-site.ts'
import { answerOf } from './routes.ts'

/** For a name server of the tests. */
export const SOUNDCLOUD_NAMES = ['soundcloud.com', 'api-v2.soundcloud.com', '*.sndcdn.com'] as const

export interface LocalSoundcloud extends NamedSite {
  /** The address of a track's page. Tracks with different numbers are different tracks. */
  url(number: number): string
  /** The only one that the API takes from now on. */
  clientId(): string
  /** The API takes another client id from now on, which the scripts of the main page hold. */
  changeClientId(): string
  /** What every track is described as from now on. */
  describe(text: string): void
}

interface LocalSoundcloudOptions {
  /** Makes a certificate for each name. */
  readonly authority: CertificateAuthority
  /** Default: made with the runtime manifest's ffmpeg when first needed. */
  readonly media?: Media
}

export async function startLocalSoundcloud(options: LocalSoundcloudOptions): Promise<LocalSoundcloud> {
  const { authority, media = createMedia() } = options
  let number = 1
  const clientId = (): string => createHash('sha256').update(`client ${number}`).digest('hex').slice(0, 32)
  let description = ''
  const says = { clientId, description: () => description }
  const site = await startNamedSite({ authority, media, answerOf: ({ url }) => answerOf(url, says) })
  return {
    ...site,
    url: (track) => `https://soundcloud.com/local-artist/track-${track}`,
    clientId,
    changeClientId() {
      number += 1
      return clientId()
    },
    describe(text) {
      description = text
    },
  }
}
