/** Where the answer to a job may be at hand already, so that the job need not wait behind those that take time. */
import type { JobEnvelope, JobKind } from '@video-scraper/contracts'
import { answerDigest, extractionKey, keys } from '@video-scraper/store'

type Wish = Pick<JobEnvelope, 'kind' | 'owner' | 'url' | 'formatId' | 'fresh'>

const answerKeys = {
  info: ({ url }) => extractionKey(url),
  download: ({ owner, url, formatId }) => keys.answer(answerDigest(owner, { url, formatId })),
} as const satisfies Record<JobKind, (wish: Wish) => string>

/**
 * The key that is there while the worker will probably find an answer. Only a hint: the worker looks for itself, and does
 * the whole work where the hint was wrong. Null for a job that wants a fresh answer.
 */
export const answerKeyOf = (wish: Wish): string | null => (wish.fresh === true ? null : answerKeys[wish.kind](wish))
