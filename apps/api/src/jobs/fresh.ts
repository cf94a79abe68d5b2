/** Whether a client wants its source to be asked, whatever is cached. */
import { invalidRequest } from '../http/errors.ts'

/** `max_age: 0` says what `fresh: true` says. Throws `invalid_request` where the two contradict each other. */
export function isFresh({ fresh, max_age: maxAge }: { fresh?: boolean; max_age?: number | null }): boolean {
  if (fresh === true && (maxAge ?? 0) > 0)
    throw invalidRequest([{ field: '/max_age', message: 'must be 0, or absent, beside fresh true' }])
  return fresh ?? maxAge === 0
}
