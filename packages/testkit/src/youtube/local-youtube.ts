/**
 * A YouTube on loopback, for the real extractor of yt-dlp: pages, player API, player script and media, under the names that the
 * extractor asks for.
 */
import type { CertificateAuthority } from '../certificates.ts'
import { createMedia, type Media } from '../media.ts'
import { type NamedSite, startNamedSite } from '../named-site.ts'
import { createPlayer, type Player } from './player.ts'
import { answerOf, type Players } from './routes.ts'
import { type VideoKindName, videoId } from './videos.ts'

/** For a name server of the tests. */
export const YOUTUBE_NAMES = ['www.youtube.com', 'm.youtube.com', 'i.ytimg.com', '*.googlevideo.com'] as const

export interface LocalYoutube extends NamedSite {
  /** The address of a video's page. Videos of one kind with different numbers are different videos. */
  url(kind: VideoKindName, number?: number): string
  /** The player that pages name from now on. */
  player(): Player
  /** Pages name another player from now on, which nobody has solved yet. */
  changePlayer(): Player
}

interface LocalYoutubeOptions {
  /** Makes a certificate for each name. */
  readonly authority: CertificateAuthority
  /** Default: made with the runtime manifest's ffmpeg when first needed. */
  readonly media?: Media
  /** How much code a player has beside what solves. Default: as much as YouTube's. */
  readonly fillerBytes?: number
}

export async function startLocalYoutube(options: LocalYoutubeOptions): Promise<LocalYoutube> {
  const { authority, media = createMedia(), fillerBytes } = options
  const made = new Map<string, Player>()
  let latest = createPlayer(1, fillerBytes)
  made.set(latest.id, latest)
  const players: Players = { latest: () => latest, find: (id) => made.get(id) }
  const site = await startNamedSite({ authority, media, answerOf: (exchange) => answerOf(exchange, players) })
  return {
    ...site,
    url: (kind, number) => `https://www.youtube.com/watch?v=${videoId(kind, number)}`,
    player: () => latest,
    changePlayer() {
      latest = createPlayer(made.size + 1, fillerBytes)
      made.set(latest.id, latest)
      return latest
    },
  }
}
