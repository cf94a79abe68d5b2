/** What of a file has to be encoded again so that all players play it. */
import type { ProbedMedia, ProbedStream } from '@video-scraper/library'
import { type MediaFacts, playedParts } from '@video-scraper/ytdlp'
import { formOfPicture, formOfSound } from '../form-of-stream.ts'

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
  const verdicts = streams.map((stream) => ({
    kind: stream.kind,
    played: playedParts({ ...facts, ...factsOf(stream) }),
  }))
  const parts = {
    video: verdicts.some(({ kind, played }) => kind === 'video' && (played.video !== true || !played.form)),
    audio: verdicts.some(({ kind, played }) => kind === 'audio' && played.audio !== true),
  }
  return parts.video || parts.audio || playedParts(facts).container !== true ? parts : null
}

/** What ffprobe says of one stream, in the words of options. */
const factsOf = (stream: ProbedStream): Partial<MediaFacts> =>
  stream.kind === 'video'
    ? { videoCodec: stream.codec, pixelFormat: stream.pixelFormat, ...formOfPicture(stream) }
    : { audioCodec: stream.codec, ...formOfSound(stream) }
