/** The length of a file beside the one that the source announced. */
import type { FileEntry } from '@video-scraper/contracts'
import { JobFailure, lengthDiffers } from '@video-scraper/core'
import type { ProbedMedia } from '@video-scraper/library'
import type { DownloadedMedia } from '@video-scraper/ytdlp'
import type { HeardWarnings } from '../kept-warnings.ts'

type Announced = Pick<DownloadedMedia, 'durationSeconds' | 'periods'>
type Measured = Pick<ProbedMedia, 'durationSeconds'>

/** The length of the file, and the announced one where it differs, which is a warning. Throws as `refuseWrongPeriods` does. */
export function compareLengths(
  media: Announced,
  probed: Measured,
  heard: HeardWarnings,
): Pick<FileEntry, 'durationSeconds' | 'announcedSeconds'> {
  refuseWrongPeriods(media, probed)
  const differing = differingOf(media, probed)
  if (differing === null) return { durationSeconds: media.durationSeconds ?? probed.durationSeconds }
  heard.measured(differing)
  return { durationSeconds: differing.measured, announcedSeconds: differing.announced }
}

/** Throws where periods whose times begin anew lie over each other, since only the last one would be seen. */
export function refuseWrongPeriods(media: Announced, probed: Measured): void {
  if (media.periods > 1 && differingOf(media, probed) !== null)
    throw new JobFailure('postprocessing_failed', {
      cause: new Error('The periods of the manifest could not be joined.'),
    })
}

/** Null where both are the same, or one is not known. */
function differingOf({ durationSeconds: announced }: Announced, { durationSeconds: measured }: Measured) {
  if (announced === null || measured === null) return null
  const lengths = { announced, measured }
  return lengthDiffers(lengths) ? lengths : null
}
