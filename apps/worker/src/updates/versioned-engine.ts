/** An engine whose yt-dlp can be exchanged while jobs run, and of which a share of the jobs may try another one. */
import type { FailureCode } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { DownloadRequest, Engine, JobContext } from '@video-scraper/ytdlp'
import type { TrialEnd } from './trial.ts'

/** Of the jobs. */
const TRIAL_SHARE = 0.2
/** What says that yt-dlp is at fault, and not the source or the client. */
const BROKEN: ReadonlySet<FailureCode> = new Set(['extractor_broken', 'internal_error'])

/** One yt-dlp, ready. */
export interface EngineVersion {
  /** As yt-dlp tells it. */
  readonly version: string
  readonly engine: Engine
}

interface VersionedEngineOptions {
  readonly serving: EngineVersion
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** 0 to below 1: below the share, a job goes to the trial. */
  readonly random?: () => number
}

export interface VersionedEngine extends Engine {
  serving(): EngineVersion
  trial(): EngineVersion | null
  /** All new jobs get it. Jobs that run notice nothing; what the one before kept ready is ended. */
  exchange(next: EngineVersion): void
  /** A share of the new jobs gets it. `onEnd` hears of each of them that ended. */
  begin(trial: EngineVersion, onEnd: (end: TrialEnd) => void): void
  /** New jobs do not get it any more, and what it kept ready is ended, unless it serves by now. */
  endTrial(): void
}

export function createVersionedEngine({
  serving: first,
  log,
  random = Math.random,
}: VersionedEngineOptions): VersionedEngine {
  let serving = first
  let trial: { readonly of: EngineVersion; readonly onEnd: (end: TrialEnd) => void } | null = null
  const closing = new Set<Promise<void>>()
  const retire = ({ engine }: EngineVersion): void => {
    const ending: Promise<void> = engine
      .close()
      .catch((error: unknown) => log.warn({ err: error }, 'a version of yt-dlp was not ended properly'))
      .finally(() => closing.delete(ending))
    closing.add(ending)
  }

  /**
   * A job that breaks with the new version is given to the old one at once, so it is known which of the two is at fault.
   * `isPlanned`: it knows what will be downloaded, which must not be reported twice. A job with cookies never goes to the
   * trial: the first attempt may have changed the session, and the second one would ask with what is out of date.
   */
  async function run<T>(
    { url, cookies, isPlanned }: Pick<DownloadRequest, 'url' | 'cookies'> & { isPlanned: () => boolean },
    { jobId, signal }: JobContext,
    work: (engine: Engine, isTrial: boolean) => Promise<T>,
  ): Promise<T> {
    const chosen = trial
    if (chosen === null || cookies || random() >= TRIAL_SHARE) return work(serving.engine, false)
    try {
      const result = await work(chosen.of.engine, true)
      chosen.onEnd({ url, broken: false, alsoBefore: false })
      return result
    } catch (error) {
      if (!(error instanceof JobFailure) || signal.aborted) throw error
      if (!BROKEN.has(error.code) || isPlanned()) {
        chosen.onEnd({ url, broken: BROKEN.has(error.code), alsoBefore: false })
        throw error
      }
      log.info(
        { jobId, ytdlpVersion: chosen.of.version, code: error.code },
        'a version on trial broke; the one before is asked',
      )
      return await again(chosen.onEnd, url, () => work(serving.engine, false))
    }
  }

  return {
    ...delegating(() => serving.engine),
    serving: () => serving,
    trial: () => trial?.of ?? null,
    exchange(next) {
      const before = serving
      serving = next
      if (trial?.of.engine === next.engine) trial = null
      if (before.engine !== next.engine) retire(before)
    },
    begin(next, onEnd) {
      this.endTrial()
      trial = { of: next, onEnd }
    },
    endTrial() {
      const ended = trial?.of ?? null
      trial = null
      if (ended !== null && ended.engine !== serving.engine) retire(ended)
    },
    extractInfo: ({ onRecord, ...request }, context) =>
      run({ ...request, isPlanned: () => false }, context, (engine, isTrial) =>
        // What a version on trial found out is nothing for a download by another one.
        engine.extractInfo({ ...request, ...(onRecord && !isTrial && { onRecord }) }, context),
      ),
    fetchCaptions: (request, context) =>
      run({ ...request, isPlanned: () => false }, context, (engine) => engine.fetchCaptions(request, context)),
    listEntries: (request, context) =>
      run({ ...request, isPlanned: () => false }, context, (engine) => engine.listEntries(request, context)),
    // A file that is there is nothing that yt-dlp could be at fault for.
    transcode: (request, context) => serving.engine.transcode(request, context),
    download(request, context) {
      let planned = false
      const onIdentity = (identity: string): void => {
        planned = true
        request.onIdentity?.(identity)
      }
      const extraction = request.extraction ?? null
      return run({ ...request, isPlanned: () => planned }, context, (engine, isTrial) =>
        engine.download({ ...request, onIdentity, extraction: isTrial ? null : extraction }, context),
      )
    },
    async close() {
      this.endTrial()
      retire(serving)
      await Promise.all(closing)
    },
  }
}

/** Where the old version says that the job was not its to decide, such as when it was stopped, nothing is known. */
async function again<T>(onEnd: (end: TrialEnd) => void, url: string, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    onEnd({ url, broken: true, alsoBefore: false })
    return result
  } catch (error) {
    if (error instanceof JobFailure) onEnd({ url, broken: true, alsoBefore: BROKEN.has(error.code) })
    throw error
  }
}

/** Everything but jobs is the serving version's to answer. */
const delegating = (engine: () => Engine) =>
  ({
    describe: () => engine().describe(),
    probe: (request) => engine().probe(request),
    selfCheck: (folder) => engine().selfCheck(folder),
    fingerprint: () => engine().fingerprint(),
    listPlatforms: () => engine().listPlatforms(),
    watch: (leader, onOverrun) => engine().watch(leader, onOverrun),
    warmUp: () => engine().warmUp(),
    warmth: () => engine().warmth(),
    settled: () => engine().settled(),
  }) satisfies Partial<Engine>
