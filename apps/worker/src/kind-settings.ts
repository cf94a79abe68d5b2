/** The settings that each kind of job has: how many run at once, and how long an attempt may take. From the table of kinds. */
import { Count } from '@video-scraper/boot'
import { type JobKind, jobKinds, kinds } from '@video-scraper/contracts'

/** What its files, connections and processes allow. */
const CONCURRENCY_MAX = 64

type Named = { [Kind in JobKind]: (typeof kinds)[Kind]['settings']['concurrency' | 'timeout']['name'] }[JobKind]

const settingsOf = (kind: JobKind) => {
  const { concurrency, timeout } = kinds[kind].settings
  return [
    [concurrency.name, Count(concurrency.description, concurrency.default, { minimum: 1, maximum: CONCURRENCY_MAX })],
    [timeout.name, Count(timeout.description, timeout.default)],
  ] as const
}

/** Two kinds may name the same setting; then it counts for each of them. */
export const kindSettings = Object.fromEntries(jobKinds.flatMap(settingsOf)) as Record<Named, ReturnType<typeof Count>>

export interface KindLimits {
  concurrency: number
  /** Wall clock of one attempt, in milliseconds; 0 for none. */
  timeoutMs: number
}

export function limitsOf(kind: JobKind, settings: Readonly<Record<Named, number>>): KindLimits {
  const { concurrency, timeout } = kinds[kind].settings
  return { concurrency: settings[concurrency.name], timeoutMs: settings[timeout.name] * 1000 }
}
