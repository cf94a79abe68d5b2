/** Info jobs: say what a video is, from memory where it was asked for lately, else from yt-dlp. */
import type { InfoResult } from '@video-scraper/contracts'
import type { EgressProxy } from '@video-scraper/egress'
import type { JobLog, RunningJob, Task } from '@video-scraper/queue'
import type { ExtractionStore } from '@video-scraper/store'
import type { Engine } from '@video-scraper/ytdlp'
import { hearWarnings, tellKept } from '../kept-warnings.ts'
import { recalled } from '../memory.ts'
import type { WorkFolders } from '../work-folders.ts'
import { unlessBusy } from './busy-folder.ts'

/** Pages, manifests and scripts; no site needs more to describe a video. */
const INFO_BYTES_MAX = 128 * 1024 * 1024

export interface InfoRooms {
  engine: Engine
  egress: EgressProxy
  folders: WorkFolders
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
  log: JobLog
}

export const extractInfo = (rooms: InfoRooms): Task<'info', InfoResult> => ({
  async prepare(job, signal) {
    return (await remembered(rooms, job)) ?? (await extractAndRemember(rooms, job, signal))
  },
  // The result is what BullMQ keeps; there is nothing else to show.
  publish: async (_job, info) => info,
  discard: (id) => rooms.folders.remove(id),
})

async function remembered(
  { extractions, log }: InfoRooms,
  { id, envelope, report }: RunningJob,
): Promise<InfoResult | null> {
  if (extractions === null || envelope.fresh === true) return null
  const found = await recalled(extractions.find(envelope), log)
  if (found === null) return null
  log.info({ jobId: id }, 'answered from memory')
  tellKept(report, found)
  return { ...found.info, origin: { cached: true, extractedAt: found.extractedAt } }
}

/** Only what succeeded is remembered, so a failure is never repeated from memory. */
async function extractAndRemember(
  { engine, egress, folders, extractions, log }: InfoRooms,
  { id, envelope, report }: RunningJob,
  signal: AbortSignal,
): Promise<InfoResult> {
  const { url, limitSubject } = envelope
  const home = await folders.open(id)
  const admission = egress.admit(id, { owner: limitSubject, maxBytes: INFO_BYTES_MAX })
  const heard = hearWarnings(report)
  let record: Buffer | null = null
  const onRecord = (told: Buffer) => {
    record = told
  }
  try {
    const info = await unlessBusy(home, (folder) =>
      engine.extractInfo(
        { url, ...(extractions && { onRecord }) },
        { jobId: id, folder, egress: admission, signal, onProgress: heard.report },
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
  } finally {
    admission.revoke()
  }
}
