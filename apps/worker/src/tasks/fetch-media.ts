/** Has the engine fetch the media of a download, with the cookies of the job, within its space, and unless the library has it. */
import { hash } from 'node:crypto'
import type { JobProgress } from '@video-scraper/contracts'
import type { Admission } from '@video-scraper/egress'
import type { RunningJob } from '@video-scraper/queue'
import type { ExtractionStore } from '@video-scraper/store'
import type { DownloadedMedia, DownloadRequest, Engine } from '@video-scraper/ytdlp'
import type { DiskReservation } from '../disk-reservation.ts'
import { type CookieDependencies, withCookies } from '../job-cookies.ts'
import type { HeardWarnings } from '../kept-warnings.ts'
import type { ReuseCheck } from '../reuse-or-fetch.ts'
import { whileFetching } from '../transcoding/shares-of-progress.ts'

export interface FetchDependencies extends CookieDependencies {
  engine: Engine
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
}

interface Fetching extends Pick<DownloadRequest, 'extraction' | 'onStale'> {
  folder: string
  reservation: DiskReservation
  admission: Admission
  check: ReuseCheck
  heard: HeardWarnings
}

export async function fetchMedia(
  dependencies: FetchDependencies,
  job: RunningJob,
  { folder, reservation, admission, check, heard, ...remembered }: Fetching,
): Promise<DownloadedMedia> {
  const { signal, onIdentity, settled } = check
  const { id, envelope } = job
  const isLastStep = envelope.options.transcode !== true
  const onProgress = (progress: JobProgress) => {
    reservation.grew(progress.downloadedBytes ?? 0)
    heard.report(isLastStep ? progress : whileFetching(progress))
  }
  let identity: string | null = null
  const identified = (reported: string) => {
    // Who was warned of something else was given something else.
    identity = hash('sha256', JSON.stringify([reported, heard.codes().toSorted()]))
    onIdentity(identity)
  }
  const request = { url: envelope.url, options: envelope.options, onIdentity: identified, ...remembered }
  const context = { jobId: id, folder, egress: admission, signal, reservation, onSize: reservation.expect, onProgress }
  const media = await withCookies(dependencies, job, {
    folder,
    warnings: heard.codes,
    run: (cookies) => dependencies.engine.download({ ...request, cookies }, context),
  })
  await settled()
  return { ...media, identity: media.identity === null ? null : identity }
}
