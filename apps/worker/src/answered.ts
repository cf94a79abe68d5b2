/** Waits for Redis, and not for ever. */
import { Stop } from '@video-scraper/core'

/** After this time the job's lock is lost anyway, since whoever does not answer is Redis. */
const ANSWER_WITHIN_MS = 15_000

/** Commands wait for a Redis that is away, and nothing may wait for them for ever. Rejects with the `Stop` `lock_lost` then. */
export async function answered<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Stop('lock_lost')), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
