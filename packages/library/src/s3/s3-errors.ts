/** What a store's refusals mean to us. Read off the fields that the SDK gives every error. */

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined

const statusOf = (error: unknown): unknown => fieldOf(fieldOf(error, '$metadata'), 'httpStatusCode')

/** A missing bucket is a fault of the settings and not a missing object. */
export const isMissingObject = (error: unknown): boolean =>
  statusOf(error) === 404 && fieldOf(error, 'name') !== 'NoSuchBucket' && fieldOf(error, 'name') !== 'NoSuchUpload'

export const isMissingUpload = (error: unknown): boolean => fieldOf(error, 'name') === 'NoSuchUpload'

/** The store does not know the request, or wants it in another form. Another request may do the same there. */
export const isNotOffered = (error: unknown): boolean =>
  [400, 404, 405, 411, 501].includes(Number(statusOf(error))) && fieldOf(error, 'name') !== 'NoSuchBucket'

/** The words of several stores for a full disk or a used-up quota; 507 says it without a word. */
const FULL = /StorageFull|QuotaExceeded|InsufficientStorage|InsufficientCapacity|NoSpace|no space left/i

/** Gives a store's full disk the code that our own has, so that both have one meaning further up. */
export function withOurCode(error: unknown): unknown {
  const words = `${fieldOf(error, 'name')} ${fieldOf(error, 'message')}`
  if (statusOf(error) !== 507 && !FULL.test(words)) return error
  return Object.assign(new Error('The store has no space left.', { cause: error }), { code: 'ENOSPC' })
}
