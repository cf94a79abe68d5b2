/** The environment a job starts with: nothing of the worker's, which holds secrets, only what stands here. */
import { join } from 'node:path'
import type { ConsumptionLimits } from '@video-scraper/sandbox'

/**
 * `ffmpegLocation` is the folder of the shim and all there is to find programs in. `VIDEO_SCRAPER_JOB_FOLDER` tells the
 * shim which files it may touch. With `limits` it tells the shim what ffmpeg may take; the kernel holds the job to its own.
 */
export const environmentOf = (
  folder: string,
  ffmpegLocation: string,
  limits?: ConsumptionLimits,
): Record<string, string> => ({
  PATH: ffmpegLocation,
  HOME: folder,
  TMPDIR: join(folder, 'tmp'),
  XDG_CONFIG_HOME: join(folder, 'tmp'),
  XDG_CACHE_HOME: join(folder, 'tmp'),
  XDG_DATA_HOME: join(folder, 'tmp'),
  LANG: 'C.UTF-8',
  YTDLP_NO_PLUGINS: '1',
  VIDEO_SCRAPER_JOB_FOLDER: folder,
  ...(limits && {
    VIDEO_SCRAPER_MEMORY_BYTES: String(limits.memoryBytes),
    VIDEO_SCRAPER_CPU_SECONDS: String(limits.cpuSeconds),
  }),
})
