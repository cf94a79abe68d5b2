/** What the ids of jobs look like. The kind can be read off the id, so one id is enough to find a job. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { JobKind } from '@video-scraper/contracts'

const forms = {
  info: { pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, make: () => randomUUID() },
  download: { pattern: /^download_[0-9a-f]{32}$/, make: () => `download_${randomBytes(16).toString('hex')}` },
} as const satisfies Record<JobKind, { pattern: RegExp; make: () => string }>

/** Random, so that nobody can guess somebody else's. */
export const newJobId = (kind: JobKind): string => forms[kind].make()

/** The kind an id stands for, or null when the text is no id of ours. */
export function kindOf(id: string): JobKind | null {
  if (forms.info.pattern.test(id)) return 'info'
  return forms.download.pattern.test(id) ? 'download' : null
}
