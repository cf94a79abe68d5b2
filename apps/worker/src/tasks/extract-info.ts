/** Info jobs: say what a video is, from the cache where it was asked for lately, else from yt-dlp. */
import type { InfoResult } from '@video-scraper/contracts'
import type { Admission } from '@video-scraper/egress'
import type { RunningJob, Task } from '@video-scraper/queue'
import type { ExtractionStore } from '@video-scraper/store'
import type { Engine } from '@video-scraper/ytdlp'
import type { SourceAccess } from '../exits/source-access.ts'
import { recalled } from '../extraction-cache.ts'
import { type CookieDependencies, withCookies } from '../job-cookies.ts'
import { hearWarnings, tellKept } from '../kept-warnings.ts'
import { asksSource, mayAnswer } from '../max-age.ts'
import { dependenciesFor } from '../private-dependencies.ts'
import type { WorkFolders } from '../work-folders.ts'
import { unlessBusy } from './busy-folder.ts'

/** Pages, manifests and scripts; no site needs more to describe a video. */
const INFO_BYTES_MAX = 128 * 1024 * 1024

export interface InfoDependencies extends CookieDependencies {
  engine: Engine
  source: SourceAccess
  folders: WorkFolders
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
}

export const extractInfo = (allDependencies: InfoDependencies): Task<'info', InfoResult> => ({
  async prepare(job, signal) {
    const way = await allDependencies.source.wayOf(job)
    const dependencies = dependenciesFor(allDependencies, job.envelope, way)
    return (
      (await remembered(dependencies, job)) ??
      (await way.run({ maxBytes: INFO_BYTES_MAX }, (admission) =>
        extractAndRemember(dependencies, job, admission, signal),
      ))
    )
  },
  // The result is what BullMQ keeps; there is nothing else to show.
  publish: async (_job, info) => info,
  discard: (id) => allDependencies.folders.remove(id),
})

async function remembered(
  { extractions, log }: InfoDependencies,
  { id, envelope, report }: RunningJob,
): Promise<InfoResult | null> {
  if (extractions === null || asksSource(envelope)) return null
  const found = await recalled(extractions.find(envelope), log)
  if (found === null || !mayAnswer(envelope, found.extractedAt, Date.now())) return null
  log.info({ jobId: id }, 'answered from the cache')
  tellKept(report, found)
  return { ...found.info, origin: { cached: true, extractedAt: found.extractedAt } }
}

/** Only what succeeded is remembered, so a failure is never repeated from the cache. */
async function extractAndRemember(
  dependencies: InfoDependencies,
  job: RunningJob,
  admission: Admission,
  signal: AbortSignal,
): Promise<InfoResult> {
  const { engine, folders, extractions, log } = dependencies
  const { id, envelope, report } = job
  const { url } = envelope
  const home = await folders.open(id)
  const heard = hearWarnings(report)
  let record: Buffer | null = null
  const onRecord = (reported: Buffer) => {
    record = reported
  }
  const info = await unlessBusy(home, (folder) =>
    withCookies(dependencies, job, {
      folder,
      warnings: heard.codes,
      run: (cookies) =>
        engine.extractInfo(
          { url, options: envelope.options, cookies, ...(extractions && { onRecord }) },
          { jobId: id, folder, egress: admission, signal, onProgress: heard.report },
        ),
    }),
  )
  const extractedAt = Date.now()
  if (extractions !== null)
    await recalled(
      extractions.keep(envelope, {
        info,
        extractedAt,
        record,
        warnings: heard.codes(),
        ytdlpVersion: heard.ytdlpVersion(),
      }),
      log,
    )
  return { ...info, origin: { cached: false, extractedAt } }
}
