/** Says that a file had been published and is not there any more, to whoever publishes it again after a crash. */
import { JobFailure } from '@video-scraper/core'

/**
 * The note is there, and the media neither in the work folder nor in the library. Media leaves its work folder only by
 * being published, so somebody has removed the file since.
 */
export class RemovedSince extends JobFailure {
  constructor() {
    super('internal_error', { cause: new Error('The staged file is neither in the work folder nor in the library.') })
  }
}
