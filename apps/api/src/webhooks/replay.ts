/** Sends deliveries once more: one that a client names, or all that ended in one way. */

import type { DeliveryRecord } from '@video-scraper/store'
import { eventText } from '@video-scraper/views'
import type { RouteDependencies } from '../dependencies.ts'
import { removedOf } from '../files/own-file.ts'

const AT_ONCE = 20

/**
 * Begins the next round of a delivery; what was queued for the round before is not sent any more. False: the record of
 * its job is gone, or it was a test, so there is nothing to send.
 */
export async function replay(
  { webhooks, jobs, files, paths, now }: RouteDependencies,
  delivery: DeliveryRecord,
): Promise<boolean> {
  const { id, target, event, subjectId } = delivery
  const job = subjectId === null ? null : await jobs.find(subjectId)
  if (job === null || event === 'test') return false
  const begun = await webhooks.deliveries.beginRound(id, now())
  if (begun === null) return false
  const text = eventText(event, job, { paths, now: now(), removed: await removedOf(files, job, now()) })
  await jobs.deliver({ deliveryId: id, target, round: begun.round, text })
  return true
}

/** The oldest first, a few at a time. Returns how many are on their way. */
export async function replayAll(dependencies: RouteDependencies, deliveries: DeliveryRecord[]): Promise<number> {
  let sent = 0
  for (let from = 0; from < deliveries.length; from += AT_ONCE) {
    const some = deliveries.slice(from, from + AT_ONCE)
    const outcomes = await Promise.all(some.map((each) => replay(dependencies, each)))
    sent += outcomes.filter(Boolean).length
  }
  return sent
}
