/** The command line's way to Redis: it waits a little, and says in a sentence what is wrong. */
import { connectRedis, createKeyStore, type KeyStore } from '@video-scraper/store'

/** Also for a server that accepts connections and answers nothing. */
const TIMEOUT_MS = 10_000

/** Something outside that the person can mend. */
export class UserFacingError extends Error {
  override readonly name = 'UserFacingError'
}

/** Calls `work` with the store once Redis answers, and closes the connection. The address in `url` is reported without secrets. */
export async function withKeyStore<Answer>(url: string, work: (store: KeyStore) => Promise<Answer>): Promise<Answer> {
  let fail: (reason: string) => void = () => undefined
  const failure = new Promise<never>((_, reject) => {
    fail = (reason) =>
      reject(
        new UserFacingError(
          `Redis cannot be reached at ${placeOf(url)}: ${reason}. Is it running, and is REDIS_URL right?`,
        ),
      )
  })
  const redis = connectRedis(url, 'worker', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message))
  const timer = setTimeout(() => fail(`no answer within ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS)
  try {
    return await Promise.race([failure, work(createKeyStore(redis))])
  } finally {
    clearTimeout(timer)
    redis.disconnect()
  }
}

/** Without user and password. */
const placeOf = (url: string): string => url.replace(/^(\w+:\/\/)[^/]*@/, '$1').replace(/\?.*$/s, '')
