/** When a source wants to be asked again: by a header, or since its stream starts then. */
import type { ErrorLink } from './event-parts.ts'

interface Reported {
  readonly chain: readonly ErrorLink[]
  readonly nowMs: number
}

/** The last instant that RFC 3339 can say, 9999-12-31T23:59:59Z, in epoch seconds. A source may say any number. */
const LAST_SECOND = 253_402_300_799

/** Epoch milliseconds; undefined where the source says nothing that makes sense. */
export function startOf({ chain }: Reported): number | undefined {
  const seconds = chain.find(({ startsAt }) => startsAt !== null)?.startsAt ?? 0
  return seconds > 0 && seconds <= LAST_SECOND ? Math.round(seconds * 1000) : undefined
}

const DAY_MS = 86_400_000

/** `Retry-After` is seconds or a date. More than a day is cut to one: the source does not rule our queue. */
export function retryAfterOf({ chain, nowMs }: Reported): number | undefined {
  const header = chain.find(({ retryAfter }) => retryAfter !== null)?.retryAfter?.trim()
  if (!header) return undefined
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), DAY_MS)
}
