/** What the ids of jobs look like. The kind can be read off the id, so one id is enough to find a job. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { JobKind } from '@video-scraper/contracts'

interface Form {
  pattern: RegExp
  make: () => string
  /** From 32 hexadecimal digits. */
  from: (digits: string) => string
}

const forms = {
  info: {
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    make: () => randomUUID(),
    from: (digits) => digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5'),
  },
  download: {
    pattern: /^download_[0-9a-f]{32}$/,
    make: () => `download_${randomBytes(16).toString('hex')}`,
    from: (digits) => `download_${digits}`,
  },
} as const satisfies Record<JobKind, Form>

/** Random, so that nobody can guess somebody else's. */
export const newJobId = (kind: JobKind): string => forms[kind].make()

/**
 * The id that belongs to a random text and a place: the same one every time, so that a wish which is repeated after a
 * crash finds the job that the first one may have made.
 */
export const seededJobId = (kind: JobKind, seed: string, place: number): string =>
  forms[kind].from(createHash('sha256').update(`${seed} ${kind} ${place}`).digest('hex').slice(0, 32))

/** The kind an id stands for, or null when the text is no id of ours. */
export function kindOf(id: string): JobKind | null {
  if (forms.info.pattern.test(id)) return 'info'
  return forms.download.pattern.test(id) ? 'download' : null
}
