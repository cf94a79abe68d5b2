/** Whether a finished file is what the options asked for: what the source said of it, and what ffprobe saw. */
import type { DownloadOptions } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { ProbedMedia } from '@video-scraper/library'
import { type MediaFacts, warningsAtTheEnd } from '@video-scraper/ytdlp'
import type { HeardWarnings } from './kept-warnings.ts'

/** `extension`: what the file is called, by its content. Warns of each option that is not met. Throws `option_unavailable` where that is not good enough. */
export function compareWithRequest(
  options: DownloadOptions,
  { facts, probed, extension }: { facts: MediaFacts; probed: ProbedMedia; extension: string },
  heard: HeardWarnings,
): void {
  const { width, height, videoCodec, pixelFormat, hasAudio, audioCodec } = probed
  const unmet = warningsAtTheEnd(options, {
    audioLanguage: facts.audioLanguage,
    width: width ?? facts.width,
    height: height ?? facts.height,
    videoCodec: videoCodec ?? facts.videoCodec,
    pixelFormat,
    audioCodec: hasAudio ? audioCodec : 'none',
    container: extension,
  })
  if (unmet.length > 0 && options.strict === true) throw new JobFailure('option_unavailable')
  for (const code of unmet) if (!heard.codes().includes(code)) heard.add(code)
}
