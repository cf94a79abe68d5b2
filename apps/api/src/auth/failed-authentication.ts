/** Whoever keeps failing to prove who it is gets 429 instead of an answer about its keys. */
import { createFailedAuthentications } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { RequestError } from '../http/errors.ts'

const WINDOW_MS = 60_000

export interface FailedAuthenticationLimit {
  /**
   * Throws `too_many_failed_authentications` when this address had too many failures. Requests that
   * are under way at the same time are checked by what had failed before them.
   */
  check(address: string): Promise<void>
  /** After a failure. A request without any key is none: it merely has to be notified how to authenticate. */
  countFailedAuthentication(address: string): Promise<void>
}

/** At most `max` failures a minute and address (as a limit subject: an IPv6 /64 is one); 0 for no limit. */
export function limitFailedAuthentications(redis: Redis, max: number): FailedAuthenticationLimit {
  const failed = createFailedAuthentications(redis, WINDOW_MS)
  return {
    async check(address) {
      if (max === 0) return
      const { failures, endsInMs } = await failed.read(address)
      if (failures < max) return
      const seconds = Math.max(1, Math.ceil(endsInMs / 1000))
      throw new RequestError('too_many_failed_authentications', { headers: { 'retry-after': String(seconds) } })
    },
    async countFailedAuthentication(address) {
      if (max > 0) await failed.count(address)
    },
  }
}
