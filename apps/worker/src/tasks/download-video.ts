/** Downloads: answer from the library where the same file lies there; else fetch, verify, stage, then publish. */
import type { FileEntry } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { Library } from '@video-scraper/library'
import type { RunningJob, Task } from '@video-scraper/queue'
import type { FileIndex } from '@video-scraper/store'
import type { SourceAccess } from '../exits/source-access.ts'
import { bringBack } from '../job-cookies.ts'
import { tellKept } from '../kept-warnings.ts'
import { dependenciesFor } from '../private-dependencies.ts'
import { type Known, reuseOrFetch } from '../reuse-or-fetch.ts'
import type { StorageBudget } from '../storage-budget.ts'
import type { EncodingLane } from '../transcoding/encoding-lane.ts'
import type { WorkFolders } from '../work-folders.ts'
import { unlessBusy } from './busy-folder.ts'
import { type FetchAndStageDependencies, type Fetched, fetchAndStage } from './fetch-and-stage.ts'
import { publishFiles, resultOf } from './publish-files.ts'
import { discardStaged, readyToPublish } from './staged-files.ts'
import { withReservation } from './with-reservation.ts'

export interface DownloadDependencies extends FetchAndStageDependencies {
  source: SourceAccess
  folders: WorkFolders
  library: Library
  files: FileIndex
  budget: StorageBudget
  /** How long what is known of a direct link is believed, in milliseconds. */
  trustedMs: number
  /** Null: this service encodes nothing again, and nobody waits. */
  encodingLane: EncodingLane | null
}

/** The files lie in the library already: an earlier attempt published them, and did not live to index them. The media first. */
interface Published {
  published: FileEntry[]
}

export type PreparedDownload = Fetched | Known | Published

export const downloadVideo = (allDependencies: DownloadDependencies): Task<'download', PreparedDownload> => ({
  async prepare(job, signal) {
    const home = await allDependencies.folders.open(job.id)
    const ready = await readyToPublish(allDependencies, job, home)
    if (ready !== null) return ready
    const way = await allDependencies.source.wayOf(job)
    const dependencies = dependenciesFor(allDependencies, job.envelope, way)
    const prepared = await reuseOrFetch(dependencies, job, signal, (check) =>
      inItsLane(dependencies, job, () =>
        unlessBusy(home, async (folder) => {
          // Where there is no space, the folder goes with all that an attempt before this one left in it.
          await bringBack(dependencies, job, folder)
          return withReservation(
            dependencies,
            { jobId: job.id, owner: job.envelope.owner, folder },
            check.signal,
            (reservation, stop) =>
              fetchAndStage(dependencies, job, { folder, reservation, way, check: { ...check, signal: stop } }),
          )
        }),
      ),
    )
    if ('known' in prepared) tellKept(job.report, prepared.known[0])
    return prepared
  },
  publicationOf(prepared) {
    if ('published' in prepared) return prepared.published[0]?.filename ?? ''
    return 'staged' in prepared ? (prepared.staged[0]?.entry.filename ?? '') : ''
  },
  async publish(job, prepared) {
    // Nothing of the earlier files is touched: they may be removed this very moment, and must not come back.
    if ('known' in prepared) return resultOf(prepared.known)
    if ('published' in prepared) {
      await allDependencies.files.add(...prepared.published)
      return resultOf(prepared.published)
    }
    try {
      return await publishFiles(allDependencies, prepared.staged)
    } catch (error) {
      // The library's own word: these bytes are not the ones that were verified. They can never be published, so they go,
      // and the next attempt fetches others. Everything else that fails here is repeated with them.
      if (error instanceof JobFailure) await discardStaged(allDependencies, job.id)
      throw error
    }
  },
  discard(id) {
    allDependencies.encodingLane?.forget(id)
    return discardStaged(allDependencies, id)
  },
})

/**
 * A download that may be encoded again takes a slot before its source is asked: before the turn of its site, which would be lost where there is no slot.
 * What the library answers needs none.
 */
const inItsLane = <Result>(
  { encodingLane }: Pick<DownloadDependencies, 'encodingLane'>,
  job: RunningJob,
  work: () => Promise<Result>,
): Promise<Result> =>
  encodingLane !== null && job.envelope.options.transcode === true ? encodingLane.run(job, work) : work()
