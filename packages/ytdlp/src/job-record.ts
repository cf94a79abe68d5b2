/** What a job said while it ran, as far as it matters at the end. */
import type { WarningCode } from '@video-scraper/contracts'
import type { Fields } from './event-fields.ts'
import type { YtdlpEvent } from './events.ts'
import { noteEntries } from './listing.ts'
import { type NamedFile, OTHER_FILES_MAX } from './other-files.ts'
import { saysSabrOnly } from './warnings.ts'

export type Plan = Extract<YtdlpEvent, { event: 'plan' }>
export type NamedCaptions = Extract<YtdlpEvent, { event: 'captions' }>

export interface JobRecord {
  video: Fields | null
  /** Base64. */
  extraction: string | null
  plan: Plan | null
  path: string | null
  captions: NamedCaptions | null
  readonly others: NamedFile[]
  /** Of a list, where some were asked for. */
  readonly entries: Fields[]
  error: Extract<YtdlpEvent, { event: 'error' }> | null
  busy: boolean
  restarted: boolean
  sabrOnly: boolean
  readonly warnings: Set<WarningCode>
}

export const emptyRecord = (): JobRecord => ({
  video: null,
  extraction: null,
  plan: null,
  path: null,
  captions: null,
  others: [],
  entries: [],
  error: null,
  busy: false,
  restarted: false,
  sabrOnly: false,
  warnings: new Set(),
})

/** Keeps of an event what matters at the end. */
export function remember(record: JobRecord, event: YtdlpEvent): void {
  if (event.event === 'info') record.video = event.video
  if (event.event === 'entries') noteEntries(record.entries, event.entries)
  if (event.event === 'plan') record.plan = event
  if (event.event === 'file') record.path = event.path
  if (event.event === 'captions') record.captions = event
  if (event.event === 'error') record.error = event
  if (event.event === 'busy') record.busy = true
  if (event.event === 'progress' && event.restarted) record.restarted = true
  if (event.event === 'warning' && saysSabrOnly(event.message)) record.sabrOnly = true
  if (event.event === 'extraction') record.extraction = event.record
  if (event.event === 'beside' && record.others.length < OTHER_FILES_MAX) record.others.push(event)
}
