/** A client may have its files kept for a shorter time than the operator keeps files, and for no longer. */
import type { JobOptions } from '@video-scraper/contracts'
import { invalidRequest } from '../http/errors.ts'

/** `secondsMax`: 0 for no limit. Throws `invalid_request`. */
export function checkRetention({ retention_seconds: asked = 0 }: JobOptions, secondsMax: number): void {
  if (secondsMax > 0 && asked > secondsMax)
    throw invalidRequest([
      { field: '/retention_seconds', message: `must be at most ${secondsMax}, which is how long files are kept here` },
    ])
}
