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
const bounds = {
  info: { like: 'info', writesMedia: false },
  transcript: { like: 'info', writesMedia: false },
  download: { like: 'download', writesMedia: true },
  transcode: { like: 'transcode', writesMedia: true },
} as const satisfies Record<Mode, { like: keyof NonNullable<EngineParts['limits']>; writesMedia: boolean }>

export const limitsOf = ({ limits }: Pick<EngineParts, 'limits'>, mode: Mode): ConsumptionLimits =>
  limits?.[bounds[mode].like] ?? UNLIMITED

/**
 * More of the processor than the group of ffmpeg may use: the watch over the group comes first, and it knows what to say. The
 * kernel's own bound is for what uses up everything between two looks.
 */
const ABOVE_THE_WATCH_SECONDS = 10

export const limitsOfFfmpeg = (limits: ConsumptionLimits, mode: Mode): ConsumptionLimits =>
  mode === 'transcode' && limits.cpuSeconds > 0
    ? { ...limits, cpuSeconds: limits.cpuSeconds + ABOVE_THE_WATCH_SECONDS }
    : limits

/**
 * What a download writes is watched against the space that it was given. No file, a clip neither, is larger than the service allows;
 * what is encoded again is no larger than the media may be.
 */
export function diskBounds(mode: Mode, folder: string, { ofService, ofMedia }: { ofService: number; ofMedia: number }) {
  if (!bounds[mode].writesMedia)
    return { watchedFolder: { path: folder, bytesMax: INFO_FOLDER_BYTES_MAX }, maxWrittenBytes: INFO_FILE_BYTES_MAX }
  return { watchedFolder: undefined, maxWrittenBytes: mode === 'transcode' ? ofMedia : ofService }
}

/** 0 stands for no limit of the service. */
export const lowest = (ofService: number, asked: number | undefined): number =>
  asked === undefined ? ofService : ofService === 0 ? asked : Math.min(ofService, asked)

/** `usedPart`: of the limit of processor time; infinite or no number where there is none. */
export function stoppedAt(reason: StopReason, mode: Mode, usedPart: number): Error {
  const costly = !bounds[mode].writesMedia && Number.isFinite(usedPart) && usedPart >= COSTLY_PART
  return reason === 'timeout' && costly ? new JobFailure('cpu_limit_exceeded') : new Stop(reason)
}
