/** What one job has of what is kept for all of them: what it is given, and the little that it may say of it. */
import type { EngineParts } from './engine-options.ts'
import type { YtdlpEvent } from './events.ts'
import type { JobRequest } from './job-request.ts'
import { valuesForRunner } from './values/kept-values.ts'

export interface KeptForJob {
  /** For the runner, beside the players. */
  readonly settings: object
  hear(event: YtdlpEvent): void
}

/** A session's job has no part in the values of sites: neither is it given one, nor is one found because of it. */
export function keptForJob(
  { keptPlayers, keptValues }: Pick<EngineParts, 'keptPlayers' | 'keptValues'>,
  { cookies = null }: Pick<JobRequest, 'cookies'>,
): KeptForJob {
  const values = cookies === null && keptValues !== null ? keptValues.ofJob() : null
  // An honest job meets one player and misses one value. One that was taken over would use up the attempts of all.
  let hasMetPlayer = false
  let hasMissedValue = false
  return {
    settings: values === null ? {} : { values: valuesForRunner(values) },
    hear(event) {
      if (event.event === 'missed' && values !== null && !hasMissedValue) {
        hasMissedValue = true
        keptValues?.missed(event.kind, values)
      }
      if (event.event === 'player' && !hasMetPlayer) {
        hasMetPlayer = true
        keptPlayers?.met(event.address)
      }
    },
  }
}
