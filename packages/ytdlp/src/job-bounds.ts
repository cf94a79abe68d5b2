/** What one job may use, by what it is for, and what is said of one that used it up. */
import { JobFailure, Stop, type StopReason } from '@video-scraper/core'
import type { ConsumptionLimits } from '@video-scraper/sandbox'
import type { Mode } from './argv.ts'
import type { EngineParts } from './engine-options.ts'

/** An info job writes its lease, and the scripts and caches of a JavaScript runtime: some megabytes. */
const INFO_FILE_BYTES_MAX = 32 * 2 ** 20
const INFO_FOLDER_BYTES_MAX = 128 * 2 ** 20

/**
 * Of the limit of processor time: an info job that has used so much when its time is over was ended by what it costs, and
 * by the clock only because others used the processor too. An honest one uses a tenth of the default.
 */
const COSTLY_PART = 1 / 4

const UNLIMITED: ConsumptionLimits = { cpuSeconds: 0, memoryBytes: 0 }

/** A job that fetches no media is bounded as an info job is. */
export const limitsOf = ({ limits }: EngineParts, mode: Mode): ConsumptionLimits =>
  limits?.[mode === 'download' ? 'download' : 'info'] ?? UNLIMITED

/** What a download writes is watched against the space that it was given. No file, a clip neither, is larger than the service allows. */
export const diskBounds = (mode: Mode, folder: string, ofService: number) =>
  mode !== 'download'
    ? { watchedFolder: { path: folder, bytesMax: INFO_FOLDER_BYTES_MAX }, maxWrittenBytes: INFO_FILE_BYTES_MAX }
    : { watchedFolder: undefined, maxWrittenBytes: ofService }

/** 0 stands for no limit of the service. */
export const lowest = (ofService: number, asked: number | undefined): number =>
  asked === undefined ? ofService : ofService === 0 ? asked : Math.min(ofService, asked)

/** `usedPart`: of the limit of processor time; infinite or no number where there is none. */
export function stoppedAt(reason: StopReason, mode: Mode, usedPart: number): Error {
  const costly = mode !== 'download' && Number.isFinite(usedPart) && usedPart >= COSTLY_PART
  return reason === 'timeout' && costly ? new JobFailure('cpu_limit_exceeded') : new Stop(reason)
}
