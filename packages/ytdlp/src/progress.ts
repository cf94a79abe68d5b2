/** One number from several formats and fragments: how far a job is, computed from the runner's events. */
import type { JobProgress } from '@video-scraper/contracts'
import type { Mode } from './argv.ts'
import type { PlannedFormat } from './event-parts.ts'
import type { YtdlpEvent } from './events.ts'

/** Progress without the time at which it was heard, since nothing here has a clock. */
export type Progress = Omit<JobProgress, 'heartbeatAt'>
type ProgressEvent = Extract<YtdlpEvent, { event: 'progress' }>

/** The share of the bytes; what is left is for putting parts together, checking and publishing. */
const DOWNLOADED = 0.95
const IN_PLACE = 0.98
/** What an estimate may claim: it is wild at first, and must not look like an end. */
const ESTIMATED_MAX = 0.98

interface Part {
  readonly weight: number
  /** As announced, before the first byte. */
  readonly expectedBytes: number | null
  readonly last: ProgressEvent | null
}

export interface ProgressState {
  readonly parts: ReadonlyMap<string, Part>
  readonly shown: Progress
}

const NOTHING: Progress = {
  fraction: 0,
  phase: 'extracting',
  downloadedBytes: null,
  totalBytes: null,
  bytesPerSecond: null,
  etaSeconds: null,
}

export const initialProgress: ProgressState = { parts: new Map(), shown: NOTHING }

/** Folds one event into the state. The fraction never falls, whatever the source sends. */
export function advance(state: ProgressState, event: YtdlpEvent, mode: Mode): ProgressState {
  if (mode === 'transcode') return show(state, event.event === 'encoding' ? encodedOf(event) : { phase: 'processing' })
  if (mode !== 'download') return show(state, { fraction: INFO_FRACTIONS[event.event] ?? 0 })
  switch (event.event) {
    case 'plan':
      return show({ ...state, parts: partsOf(event.formats, event.duration) }, { phase: 'downloading' })
    case 'progress':
      return downloaded(state, event)
    case 'postprocess':
      return isWork(event.name) ? show(state, { fraction: DOWNLOADED, phase: 'processing', ...AT_REST }) : state
    case 'file':
      return show(state, { fraction: IN_PLACE, phase: 'finalizing', ...AT_REST })
    default:
      return state
  }
}

/** A run that was taken over may say any number. What is not known of the time says nothing of the share. */
const encodedOf = ({ fraction, eta }: Extract<YtdlpEvent, { event: 'encoding' }>): Partial<Progress> => ({
  fraction: Math.min(fraction ?? 0, 1),
  phase: 'processing',
  etaSeconds: eta === null ? null : Math.max(eta, 0),
})

const AT_REST = { bytesPerSecond: null, etaSeconds: null } as const
const INFO_FRACTIONS: { readonly [Name in YtdlpEvent['event']]?: number } = {
  started: 0.1,
  extracted: 0.5,
  info: 1,
  captions: 0.9,
}

/** Moving the file is no work. */
const isWork = (postprocessor: string): boolean => postprocessor !== 'MoveFiles'

const show = (state: ProgressState, change: Partial<Progress>): ProgressState => ({
  ...state,
  shown: { ...state.shown, ...change, fraction: Math.max(state.shown.fraction, change.fraction ?? 0) },
})

/** Sizes where all are known; else video is taken for most of it. */
function partsOf(formats: readonly PlannedFormat[], duration: number | null): Map<string, Part> {
  const sizes = formats.map((format) => sizeOf(format, duration))
  const weights = sizes.every((size) => size > 0) ? sizes : formats.map(guessedWeight)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return new Map(
    formats.map(({ formatId, filesize, filesizeApprox }, index) => [
      formatId,
      { weight: (weights[index] ?? 0) / sum, expectedBytes: filesize ?? filesizeApprox, last: null },
    ]),
  )
}

const guessedWeight = ({ vcodec }: PlannedFormat): number => (vcodec === 'none' ? 0.15 : 0.85)

/** In bytes; 0 where nothing says it. */
function sizeOf({ filesize, filesizeApprox, tbr }: PlannedFormat, duration: number | null): number {
  return filesize ?? filesizeApprox ?? ((tbr ?? 0) * 1000 * (duration ?? 0)) / 8
}

/** Subtitles and pictures report too; only what the plan names counts. */
function downloaded(state: ProgressState, event: ProgressEvent): ProgressState {
  const part = state.parts.get(event.formatId)
  if (part === undefined) return state
  const parts = new Map(state.parts).set(event.formatId, { ...part, last: event })
  const all = [...parts.values()]
  const share = all.reduce((sum, { weight, last, expectedBytes }) => sum + weight * fractionOf(last, expectedBytes), 0)
  const downloadedBytes = all.reduce((sum, { last }) => sum + (last?.downloaded ?? 0), 0)
  const totalBytes = all.reduce<number | null>((sum, each) => plus(sum, totalOf(each)), 0)
  const total = totalBytes === null ? null : Math.max(totalBytes, downloadedBytes)
  return show(
    { ...state, parts },
    {
      fraction: DOWNLOADED * share,
      phase: 'downloading',
      downloadedBytes,
      totalBytes: total,
      bytesPerSecond: event.speed,
      etaSeconds: etaOf(event, downloadedBytes, total),
    },
  )
}

/** Fragments are counted rather than their bytes, whose estimated sum jumps about. */
function fractionOf(event: ProgressEvent | null, expectedBytes: number | null): number {
  if (event === null) return 0
  if (event.status === 'finished') return 1
  if (event.fragments) return Math.min((event.fragment ?? 0) / event.fragments, 1)
  if (event.total) return Math.min((event.downloaded ?? 0) / event.total, 1)
  const estimate = event.totalEstimate ?? expectedBytes
  return estimate ? Math.min((event.downloaded ?? 0) / estimate, ESTIMATED_MAX) : 0
}

function totalOf({ last, expectedBytes }: Part): number | null {
  return last?.total ?? expectedBytes ?? last?.totalEstimate ?? null
}

const plus = (sum: number | null, value: number | null): number | null =>
  sum === null || value === null ? null : sum + value

function etaOf({ speed, eta }: ProgressEvent, downloadedBytes: number, totalBytes: number | null): number | null {
  return speed && totalBytes !== null ? (totalBytes - downloadedBytes) / speed : eta
}
