/** How instants look in public. */
import type { JobSnapshot } from '@video-scraper/queue'

const DAY_MS = 86_400_000
const digits = (length: number) => (value: number) => String(value).padStart(length, '0')
const pairs = Array.from({ length: 60 }, (_, value) => digits(2)(value))
const milliseconds = Array.from({ length: 1000 }, (_, value) => digits(3)(value))

/** The day of the last instant: nearly all that is shown happened today. */
const latest = { day: Number.NaN, text: '' }

/**
 * RFC 3339 in UTC, as `toISOString` writes it. An answer shows up to six of them, and `toISOString` took a sixteenth of what a
 * GET costs (measured). `epochMs` is a whole number.
 */
export function instant(epochMs: number): string {
  const day = Math.floor(epochMs / DAY_MS)
  if (day !== latest.day) {
    latest.text = new Date(epochMs).toISOString().slice(0, -13)
    latest.day = day
  }
  const time = epochMs - day * DAY_MS
  const minutes = Math.floor(time / 60_000)
  const clock = `${pairs[Math.floor(minutes / 60)]}:${pairs[minutes % 60]}:${pairs[Math.floor(time / 1000) % 60]}`
  return `${latest.text}${clock}.${milliseconds[time % 1000]}Z`
}

export const instantOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : instant(epochMs))

/** The specification's form of `created`: `YYYY-MM-DDTHH:MM:SS`, UTC. */
export const documentedInstant = (epochMs: number): string => instant(epochMs).slice(0, 19)

export const timesOf = ({ createdAt, startedAt, finishedAt }: JobSnapshot) => ({
  created_at: instant(createdAt),
  started_at: instantOrNull(startedAt),
  finished_at: instantOrNull(finishedAt),
})
