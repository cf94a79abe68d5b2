/**
 * Values that sites give to every visitor, found once and used by many jobs. A job only names the kind that it had to find by
 * itself: the worker has it found apart, so no job has a part in what another one uses. They are in memory alone.
 */
import { isValueName, type ValueName, valueKinds, valueNames } from './value-kinds.ts'

/** What is known when a job starts; null: nothing is. */
export type ValuesOfJob = Readonly<Record<ValueName, string | null>>

export interface KeptValues {
  ofJob(): ValuesOfJob
  /**
   * A job that was given `given` had to find a value of this kind by itself: there was none, or the site refused it. Finds it
   * anew in the background, unless that was done since, is being done, or was done often enough.
   */
  missed(name: string, given: ValuesOfJob): void
  /** Resolves when nothing is being looked for. */
  settled(): Promise<void>
  /** Gives up what is being looked for, and resolves when nothing of it runs. Nothing is looked for any more. */
  close(): Promise<void>
}

export interface KeptValuesOptions {
  /** Resolves with what the site gives. */
  readonly find: (name: ValueName, signal: AbortSignal) => Promise<string>
  readonly logger?: { debug(fields: object, message: string): void; warn(fields: object, message: string): void }
  readonly now?: () => number
}

/** Then a job finds it again, should a site ever go on taking an old one for less than a new one. */
const KNOWN_MS = 6 * 3_600_000
/** Of one kind. A job that was taken over may say that it missed it, without end; each costs the site some requests. */
const ATTEMPTS_MAX = 12
const ATTEMPTS_WITHIN_MS = 3_600_000

/** A site that gives the same value again does not refuse it: jobs had it refused for what they asked for. */
const CONFIRMED_MS = 600_000

interface Known {
  readonly value: string
  readonly since: number
  /** When it was found a second time; null: never. */
  readonly confirmedAt: number | null
}

export function keepValues({ find, logger, now = Date.now }: KeptValuesOptions): KeptValues {
  const known = new Map<ValueName, Known>()
  const attempts = new Map<ValueName, readonly number[]>()
  const closing = new AbortController()
  const { signal } = closing
  let finding: Promise<void> | null = null

  const current = (name: ValueName): string | null => {
    const entry = known.get(name)
    return entry !== undefined && now() - entry.since < KNOWN_MS ? entry.value : null
  }
  const isConfirmed = (name: ValueName): boolean => {
    const confirmedAt = known.get(name)?.confirmedAt ?? null
    return confirmedAt !== null && now() - confirmedAt < CONFIRMED_MS
  }
  const mayTry = (name: ValueName): boolean => {
    const recent = (attempts.get(name) ?? []).filter((at) => now() - at < ATTEMPTS_WITHIN_MS)
    const isAllowed = recent.length < ATTEMPTS_MAX
    attempts.set(name, isAllowed ? [...recent, now()] : recent)
    return isAllowed
  }
  const bring = async (name: ValueName): Promise<void> => {
    try {
      const value = await find(name, signal)
      // The process that found it read what a site sends.
      if (!valueKinds[name].form.test(value)) throw new Error('What was found does not have its form.')
      const confirmedAt = known.get(name)?.value === value ? now() : null
      known.set(name, { value, since: now(), confirmedAt })
      logger?.debug({ value: name }, 'a value of a site was found for all jobs')
    } catch (error) {
      if (signal.aborted) return
      // What is known stays: the site may only have been out of reach.
      logger?.warn(
        { err: error, value: name },
        'a value of a site could not be found; jobs that need it find it by themselves',
      )
    }
  }
  return {
    ofJob: () => Object.fromEntries(valueNames.map((name) => [name, current(name)])) as ValuesOfJob,
    missed(name, given) {
      // One at a time: whoever comes meanwhile finds it by itself, and the next one says so again.
      if (finding !== null || signal.aborted || !isValueName(name)) return
      // It was found anew after this job began.
      if (current(name) !== given[name] || isConfirmed(name) || !mayTry(name)) return
      finding = bring(name).finally(() => {
        finding = null
      })
    },
    settled: async () => finding ?? undefined,
    async close() {
      closing.abort()
      await finding
    },
  }
}

/** What the runner is given (`python/kept_values.py`). */
export const valuesForRunner = (values: ValuesOfJob): readonly object[] =>
  valueNames.map((name) => {
    const { section, key } = valueKinds[name]
    return { kind: name, section, key, value: values[name] }
  })
