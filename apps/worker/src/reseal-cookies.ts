/** Seals cookie sets with the newest of `SECRET_KEYS`, so that an older one can be taken away. */
import type { Logger } from '@video-scraper/boot'
import type { CookieSets } from '@video-scraper/cookies'

/** Begins, and nobody waits for it: what a worker that dies has left is done by the next one that starts. */
export function resealCookies(cookieSets: CookieSets, logger: Logger): void {
  cookieSets.reseal().then(
    ({ resealed, lost }) => {
      if (resealed > 0) logger.info({ resealed }, 'cookie sets were sealed with the newest of SECRET_KEYS')
      if (lost > 0)
        logger.warn(
          { lost },
          'cookie sets are sealed with a key that is not among SECRET_KEYS; they must be stored anew',
        )
    },
    (error: unknown) =>
      logger.warn({ err: error }, 'cookie sets could not be sealed anew; the next worker tries again'),
  )
}
