/** Refuses what a strict request would be refused for after an hour of encoding. */
import type { DownloadOptions } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { type MediaFacts, warningsAtTheEnd } from '@video-scraper/ytdlp'
import { formOfPicture, formOfSound } from '../form-of-stream.ts'
import type { PartsToEncode } from './parts-to-encode.ts'

/** Throws `option_unavailable` where the request is strict and encoding cannot meet an option that the fetched file does not meet. */
export function refuseWhatStaysUnmet(options: DownloadOptions, fetched: MediaFacts, parts: PartsToEncode): void {
  if (options.strict === true && warningsAtTheEnd(options, expectedOf(fetched, parts)).length > 0)
    throw new JobFailure('option_unavailable')
}

/** What the file is after encoding that succeeds. */
const expectedOf = (fetched: MediaFacts, { video }: PartsToEncode): MediaFacts => ({
  ...fetched,
  ...(video && { width: evenOrNull(fetched.width), height: evenOrNull(fetched.height) }),
  videoCodec: 'h264',
  pixelFormat: 'yuv420p',
  ...formOfPicture(undefined),
  ...formOfSound(undefined),
  audioCodec: fetched.audioCodec === 'none' ? 'none' : 'aac',
  container: 'mp4',
})

/** `python/transcode.py` makes an odd size one less. */
const evenOrNull = (size: number | null): number | null => (size === null ? null : size - (size % 2))
