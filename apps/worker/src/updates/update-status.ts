/** What `GET /api/status` says of updates. */
import type { EngineUpdates } from '@video-scraper/contracts'
import type { Channel } from './installed-versions.ts'
import type { UpdatesNow } from './updates.ts'

const instant = (ms: number): string => new Date(ms).toISOString()

export function updateStatus(channel: Channel, { state, trial }: UpdatesNow): EngineUpdates {
  const refused = state.refused.at(-1)
  return {
    channel,
    ...(trial && {
      trial: {
        version: trial.version,
        since: instant(trial.since),
        jobs: trial.jobs,
        sites: trial.sites,
        broken: trial.broken,
        broken_before: trial.brokenBefore,
      },
    }),
    ...(refused && { last_refused: { version: refused.version, reason: refused.reason, at: instant(refused.at) } }),
    looked_at: state.looked && instant(state.looked.at),
    look_failed: state.looked?.problem != null,
  }
}
