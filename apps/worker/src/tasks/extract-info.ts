/** Info jobs: say what a video is, from the cache where it was asked for lately, else from yt-dlp. */
import type { InfoResult } from '@video-scraper/contracts'
import type { RunningJob, Task } from '@video-scraper/queue'
import type { ExtractionStore } from '@video-scraper/store'
import type { Engine } from '@video-scraper/ytdlp'
import { askSource, type SourceDependencies } from '../ask-source.ts'
import type { SourceAccess, SourceWay } from '../exits/source-access.ts'
import { recalled } from '../extraction-cache.ts'
import { tellKept } from '../kept-warnings.ts'
import { asksSource, mayAnswer } from '../max-age.ts'
import { dependenciesFor } from '../private-dependencies.ts'

export interface InfoDependencies extends SourceDependencies {
  engine: Engine
  source: SourceAccess
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
}

export const extractInfo = (allDependencies: InfoDependencies): Task<'info', InfoResult> => ({
  async prepare(job, signal) {
    const way = await allDependencies.source.wayOf(job)
    const dependencies = dependenciesFor(allDependencies, job.envelope, way)
    return (await remembered(dependencies, job)) ?? (await extractAndRemember(dependencies, job, way, signal))
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
  way: SourceWay,
  signal: AbortSignal,
): Promise<InfoResult> {
  const { engine, extractions, log } = dependencies
  const { envelope } = job
  let record: Buffer | null = null
  const onRecord = (reported: Buffer) => {
    record = reported
  }
  const { answer: info, heard } = await askSource(dependencies, { job, way, signal }, (cookies, context) =>
    engine.extractInfo(
      { url: envelope.url, options: envelope.options, cookies, ...(extractions && { onRecord }) },
      context,
    ),
  )
  const extractedAt = Date.now()
  // The provider may be there again with the next job, and then there are more formats.
  const lacksTokens = heard.codes().includes('po_token_failed')
  if (extractions !== null && !lacksTokens)
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
