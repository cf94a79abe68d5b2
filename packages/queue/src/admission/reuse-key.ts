/** Where the answer to a job may be cached already, so that the job need not wait behind those that take time. */
import { type JobEnvelope, type Kind, kinds } from '@video-scraper/contracts'
import { extractionKey, keys, requestDigest } from '@video-scraper/store'

type JobRequest = Pick<JobEnvelope, 'kind' | 'owner' | 'url' | 'options' | 'fresh'>

const reuseKeys = {
  address: extractionKey,
  owner: (wanted) => keys.answer(requestDigest(wanted)),
  never: () => null,
} as const satisfies Record<Kind['reuse'], (wanted: JobRequest) => string | null>

/**
 * The key that is there while the worker will probably find an answer. Only a hint: the worker looks for itself, and does
 * the whole work where the hint was wrong. Null for a job that wants a fresh answer, that has cookies, so that nothing answers
 * it, or whose kind has no other. Also for one that bounds its age, of which the hint says nothing, and for one that delivers its
 * file: both would run ahead of everybody with work that takes long.
 */
export const reuseKeyOf = (wanted: JobRequest): string | null => {
  const { fresh, options } = wanted
  const isOfItsOwn =
    fresh === true ||
    options.cookies !== undefined ||
    options.max_age !== undefined ||
    options.destination !== undefined
  return isOfItsOwn ? null : reuseKeys[kinds[wanted.kind].reuse](wanted)
}
