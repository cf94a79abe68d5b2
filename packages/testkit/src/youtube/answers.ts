/** What the local YouTube says of a video: the answer of its player API, and the page around it. */
import type { Media } from '../media.ts'
import { streamingData } from './formats.ts'
import type { Player } from './player.ts'
import type { LocalVideo } from './videos.ts'

/** yt-dlp's default clients and `mweb`, by the names that they give themselves. `web` is answered in the page. */
export const clients = {
  TVHTML5: { plays: ['solved', 'sabr', 'plain', 'live'] },
  VISIONOS: { plays: ['plain', 'sabr', 'live'] },
  WEB_EMBEDDED_PLAYER: { plays: [] },
  MWEB: { plays: ['guarded'] },
} as const

export type ClientName = keyof typeof clients | 'WEB'

/** Of every session here. */
export const VISITOR_DATA = 'CgtsaXR0bGUtdmlzaXRvcg%3D%3D'

/** When the video that has not begun will begin. */
const UPCOMING_STARTS_AT = '2100-01-01T00:00:00+00:00'

const NOT_HERE = { status: 'UNPLAYABLE', reason: 'This video is not available on this device' }

/** The answer to one client. `WEB` has formats for YouTube's own player alone, as it is since 2025. */
export async function playerAnswer(
  video: LocalVideo,
  client: ClientName,
  { player, media }: { player: Player; media: Media },
): Promise<object> {
  const streams = await streamsFor(video, client, { player, media })
  return {
    responseContext: { visitorData: VISITOR_DATA },
    playabilityStatus: playability(video, streams !== undefined || client === 'WEB'),
    ...(streams !== undefined && { streamingData: streams }),
    videoDetails: {
      videoId: video.id,
      title: video.title,
      lengthSeconds: video.live ? '0' : '3',
      shortDescription: 'Made for the tests.',
      channelId: 'UCabcdefghijklmnopqrstuv',
      author: 'Local channel',
      viewCount: '7',
      thumbnail: { thumbnails: [{ url: `https://i.ytimg.com/vi/${video.id}/hqdefault.jpg`, width: 480, height: 360 }] },
      isLiveContent: video.live !== undefined,
      ...(video.live === 'now' && { isLive: true }),
      ...(video.live === 'later' && { isUpcoming: true }),
    },
    ...(video.live === 'later' && {
      microformat: {
        playerMicroformatRenderer: { liveBroadcastDetails: { isLiveNow: false, startTimestamp: UPCOMING_STARTS_AT } },
      },
    }),
    ...(video.advertised && { adPlacements: [advertisement(video.number)] }),
  }
}

async function streamsFor(
  video: LocalVideo,
  client: ClientName,
  { player, media }: { player: Player; media: Media },
): Promise<object | undefined> {
  if (video.refusal || video.formats === undefined) return undefined
  if (client === 'WEB') return streamingData({ ...video, formats: 'sabr' }, player, media)
  const plays: readonly string[] = clients[client].plays
  return plays.includes(video.formats) ? streamingData(video, player, media) : undefined
}

function playability({ refusal }: LocalVideo, plays: boolean): object {
  if (!refusal) return plays ? { status: 'OK', playableInEmbed: true } : NOT_HERE
  const { status, reason, subreason, ageGate } = refusal
  return {
    status,
    reason,
    ...(ageGate && { desktopLegacyAgeGateReason: 1 }),
    errorScreen: {
      playerErrorMessageRenderer: {
        reason: { simpleText: reason },
        ...(subreason && { subreason: { simpleText: subreason } }),
      },
    },
  }
}

/** One that cannot be skipped, before the video. */
const advertisement = (seconds: number): object => ({
  adPlacementRenderer: {
    config: { adPlacementConfig: { kind: 'AD_PLACEMENT_KIND_START' } },
    renderer: { instreamVideoAdRenderer: { playerVars: `length_seconds=${seconds}` } },
  },
})

/** The settings that a page gives its player. */
const pageSettings = (player: Player, client: 'WEB' | 'MWEB' = 'WEB'): object => ({
  INNERTUBE_CONTEXT: {
    client: { clientName: client, clientVersion: '2.20260708.00.00', visitorData: VISITOR_DATA },
  },
  INNERTUBE_CONTEXT_CLIENT_NAME: client === 'WEB' ? 1 : 2,
  PLAYER_JS_URL: player.path,
  STS: player.timestamp,
})

export async function watchPage(video: LocalVideo, made: { player: Player; media: Media }): Promise<string> {
  const answer = await playerAnswer(video, 'WEB', made)
  const data = { contents: { twoColumnWatchNextResults: {} } }
  return page(`ytcfg.set(${JSON.stringify(pageSettings(made.player))});`, [
    `var ytInitialPlayerResponse = ${JSON.stringify(answer)};`,
    `var ytInitialData = ${JSON.stringify(data)};`,
  ])
}

export const embedPage = (player: Player): string => page(`ytcfg.set(${JSON.stringify(pageSettings(player))});`, [])

/** The page for telephones, which says how its client asks. */
export const mobilePage = (player: Player): string =>
  page(`ytcfg.set(${JSON.stringify(pageSettings(player, 'MWEB'))});`, [])

const page = (settings: string, scripts: readonly string[]): string =>
  `<!DOCTYPE html><html><head><title>YouTube</title><script>${settings}</script></head><body>${scripts
    .map((script) => `<script>${script}</script>`)
    .join('')}</body></html>`
