/** Info jobs: say what a video is, from memory where it was asked for lately, else from yt-dlp. */
import type { InfoResult } from '@video-scraper/contracts'
import type { RunningJob, Task } from '@video-scraper/queue'
import type { ExtractionStore } from '@video-scraper/store'
import type { Engine } from '@video-scraper/ytdlp'
import { askSource, type SourceDependencies } from '../ask-source.ts'
import { tellKept } from '../kept-warnings.ts'
import { asksSource, mayAnswer } from '../max-age.ts'
import { recalled } from '../memory.ts'
import { roomsFor } from '../private-rooms.ts'

export interface InfoRooms extends SourceDependencies {
  engine: Engine
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
}

export const extractInfo = (allRooms: InfoRooms): Task<'info', InfoResult> => ({
  async prepare(job, signal) {
    const rooms = roomsFor(allRooms, job.envelope)
    return (await remembered(rooms, job)) ?? (await extractAndRemember(rooms, job, signal))
  },
  // The result is what BullMQ keeps; there is nothing else to show.
  publish: async (_job, info) => info,
  discard: (id) => allRooms.folders.remove(id),
})

async function remembered(
  { extractions, log }: InfoRooms,
  { id, envelope, report }: RunningJob,
): Promise<InfoResult | null> {
  if (extractions === null || asksSource(envelope)) return null
  const found = await recalled(extractions.find(envelope), log)
  if (found === null || !mayAnswer(envelope, found.extractedAt, Date.now())) return null
  log.info({ jobId: id }, 'answered from memory')
  tellKept(report, found)
  return { ...found.info, origin: { cached: true, extractedAt: found.extractedAt } }
}

/** Only what succeeded is remembered, so a failure is never repeated from memory. */
async function extractAndRemember(rooms: InfoRooms, job: RunningJob, signal: AbortSignal): Promise<InfoResult> {
  const { engine, extractions, log } = rooms
  const { envelope } = job
  let record: Buffer | null = null
  const onRecord = (told: Buffer) => {
    record = told
  }
  const { answer: info, heard } = await askSource(rooms, job, signal, (cookies, context) =>
    engine.extractInfo(
      { url: envelope.url, options: envelope.options, cookies, ...(extractions && { onRecord }) },
      context,
    ),
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
