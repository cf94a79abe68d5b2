/** Whether a finished file is what the options asked for: what the source said of it, and what ffprobe saw. */
import type { DownloadOptions } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { ProbedMedia } from '@video-scraper/library'
import { type MediaFacts, warningsAtTheEnd } from '@video-scraper/ytdlp'
import { formOfPicture, formOfSound } from './form-of-stream.ts'
import type { HeardWarnings } from './kept-warnings.ts'

interface FileFacts {
  /** What the source says of the formats. */
  readonly facts: MediaFacts
  readonly probed: ProbedMedia
  /** What the file is called, by its content. */
  readonly extension: string
}

export const factsOfFile = ({ facts, probed, extension }: FileFacts): MediaFacts => ({
  audioLanguage: facts.audioLanguage,
  width: probed.width ?? facts.width,
  height: probed.height ?? facts.height,
  videoCodec: probed.videoCodec ?? facts.videoCodec,
  pixelFormat: probed.pixelFormat,
  audioCodec: probed.hasAudio ? probed.audioCodec : 'none',
  container: extension,
  ...formOfPicture(probed.streams.find(({ kind }) => kind === 'video')),
  ...formOfSound(probed.streams.find(({ kind }) => kind === 'audio')),
})

/** Warns of each option that is not met. Throws `option_unavailable` where that is not good enough. */
export function compareWithRequest(options: DownloadOptions, file: FileFacts, heard: HeardWarnings): void {
  const unmet = warningsAtTheEnd(options, factsOfFile(file))
  if (unmet.length > 0 && options.strict === true) throw new JobFailure('option_unavailable')
  for (const code of unmet) if (!heard.codes().includes(code)) heard.add(code)
}
