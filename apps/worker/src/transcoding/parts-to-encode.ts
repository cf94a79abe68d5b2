/** What of a file has to be encoded again so that all players play it. */
import { type MediaFacts, playedParts } from '@video-scraper/ytdlp'

export interface PartsToEncode {
  readonly video: boolean
  readonly audio: boolean
}

/**
 * Null where nothing has to be done, or nothing can be: sound alone does not become a video. Neither part: picture and sound are
 * only put into an mp4.
 */
export function partsToEncode(facts: MediaFacts, hasVideo: boolean): PartsToEncode | null {
  if (!hasVideo) return null
  const played = playedParts(facts)
  const parts = { video: played.video !== true || !played.pixels, audio: played.audio !== true }
  return parts.video || parts.audio || played.container !== true ? parts : null
}
