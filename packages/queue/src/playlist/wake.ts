/** Has a playlist taken soon: an entry has ended, and the next one may be made. Also without it the playlist looks again after a while. */
import { kindOf } from '../job-id.ts'
import type { Queues } from '../queues.ts'

export function createWake(queues: Queues): (playlistId: string) => Promise<void> {
  return async (playlistId) => {
    const kind = kindOf(playlistId)
    const job = kind && (await queues[kind].getJob(playlistId))
    // Between the two somebody else may have woken it.
    if (job && (await job.isDelayed())) await job.promote().catch(() => undefined)
  }
}
