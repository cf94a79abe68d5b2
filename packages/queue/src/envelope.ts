/** Reads the payload of a job, also one that a release before this one wrote. */
import { JobEnvelope, type JobKind, PAYLOAD_VERSION } from '@video-scraper/contracts'
import { Value } from 'typebox/value'

/**
 * The payload in today's form, if it is of a version before. Version 1 held the one option that there was as `formatId`.
 * Nothing else is checked here.
 */
export function inTodaysForm(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('version' in data) || data.version !== 1) return data
  const { formatId = null, ...others } = data as Record<string, unknown>
  return { ...others, options: formatId === null ? {} : { format_id: formatId } }
}

/** `newer`: to be done by a worker that understands it. `broken`: nobody ever can. */
export function readEnvelope(data: unknown): JobEnvelope | 'newer' | 'broken' {
  const version = (data as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > PAYLOAD_VERSION) return 'newer'
  const envelope = inTodaysForm(data)
  return Value.Check(JobEnvelope, envelope) ? (envelope as JobEnvelope) : 'broken'
}

/**
 * Whether the payload has what every version has, also one that is newer than this process. The gateways wrote it and the worker validates
 * it whole; doing so at each reading cost as much as parsing the record (measured).
 */
export function hasLastingForm(value: unknown, wanted: JobKind): value is JobEnvelope {
  if (typeof value !== 'object' || value === null) return false
  const { version, kind, owner, limitSubject, url, options } = value as Partial<Record<keyof JobEnvelope, unknown>>
  const texts = [owner, limitSubject, url]
  return (
    Number.isInteger(version) &&
    Number(version) >= 1 &&
    kind === wanted &&
    typeof options === 'object' &&
    options !== null &&
    texts.every((text) => typeof text === 'string')
  )
}
