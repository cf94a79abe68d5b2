/** Which job requests one file answers: those that lead to the same formats, and accept the same of what becomes of them. */
import { hash } from 'node:crypto'
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts } from './options/option-meaning.ts'
import { assess, assessedOptionsOf } from './options/table.ts'

/**
 * `planned`: identifies the formats. What only the file itself will decide is part of the identity, since another job request may have
 * accepted what this one does not. A strict request is apart with all that it is checked by: the file may not be what the source
 * announced, and whoever was not strict kept it all the same.
 */
export function requestIdentity(planned: string, options: DownloadOptions, facts: MediaFacts): string {
  const decisive = options.strict === true ? assessedOptionsOf(options) : assess(options, facts).undecided
  const requests = Object.entries(options).filter(([name]) => decisive.includes(name))
  return requests.length === 0 ? planned : hash('sha256', JSON.stringify([planned, options.strict, requests]))
}
