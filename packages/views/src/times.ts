/** How instants look in public. */
import type { JobSnapshot } from '@video-scraper/queue'

/** RFC 3339 in UTC, with milliseconds. */
export const instant = (epochMs: number): string => new Date(epochMs).toISOString()

export const instantOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : instant(epochMs))

/** The specification's form of `created`: `YYYY-MM-DDTHH:MM:SS`, UTC. */
export const documentedInstant = (epochMs: number): string => instant(epochMs).slice(0, 19)

/** When the time of a job (`expires_in`) is over; absent where it has none. */
export const jobExpiryOf = (expiresAt: number | null | undefined) =>
  expiresAt === null || expiresAt === undefined ? {} : { job_expires_at: instant(expiresAt) }

export const timesOf = ({ createdAt, startedAt, finishedAt }: JobSnapshot) => ({
  created_at: instant(createdAt),
  started_at: instantOrNull(startedAt),
  finished_at: instantOrNull(finishedAt),
})
