/** What of a file has to be encoded again so that all players play it. */
import type { ProbedMedia } from '@video-scraper/library'
import { type MediaFacts, playedParts } from '@video-scraper/ytdlp'

export interface PartsToEncode {
  readonly video: boolean
  readonly audio: boolean
}

/**
 * Null where nothing has to be done, or nothing can be: sound alone does not become a video. Of several pictures or sounds each one counts.
 * Neither part: picture and sound are only put into an mp4.
 */
export function partsToEncode(
  facts: MediaFacts,
  { hasVideo, streams }: Pick<ProbedMedia, 'hasVideo' | 'streams'>,
): PartsToEncode | null {
  if (!hasVideo) return null
  const verdicts = streams.map(({ kind, codec, pixelFormat }) => {
    const of = { video: { videoCodec: codec, pixelFormat }, audio: { audioCodec: codec } }[kind]
    return { kind, played: playedParts({ ...facts, ...of }) }
  })
  const parts = {
    video: verdicts.some(({ kind, played }) => kind === 'video' && (played.video !== true || !played.pixels)),
    audio: verdicts.some(({ kind, played }) => kind === 'audio' && played.audio !== true),
  }
  return parts.video || parts.audio || playedParts(facts).container !== true ? parts : null
}
