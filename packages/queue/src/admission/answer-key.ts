/** Where the answer to a job may be at hand already, so that the job need not wait behind those that take time. */
import { type JobEnvelope, type Kind, kinds } from '@video-scraper/contracts'
import { extractionKey, keys, wishDigest } from '@video-scraper/store'

type Wish = Pick<JobEnvelope, 'kind' | 'owner' | 'url' | 'options' | 'fresh'>

const answerKeys = {
  address: extractionKey,
  owner: (wish) => keys.answer(wishDigest(wish)),
  never: () => null,
} as const satisfies Record<Kind['reuse'], (wish: Wish) => string | null>

/**
 * The key that is there while the worker will probably find an answer. Only a hint: the worker looks for itself, and does
 * the whole work where the hint was wrong. Null for a job that wants a fresh answer, or whose kind has no other.
 */
export const answerKeyOf = (wish: Wish): string | null =>
  wish.fresh === true ? null : answerKeys[kinds[wish.kind].reuse](wish)
