/** Asks a source about an address without fetching media: in the job's folder, through the egress proxy, with the job's cookies. */
import type { RunningJob } from '@video-scraper/queue'
import type { JobContext } from '@video-scraper/ytdlp'
import type { SourceWay } from './exits/source-access.ts'
import { type AttachedCookies, type CookieDependencies, withCookies } from './job-cookies.ts'
import { type HeardWarnings, hearWarnings } from './kept-warnings.ts'
import { unlessBusy } from './tasks/busy-folder.ts'
import type { WorkFolders } from './work-folders.ts'

/** Pages, manifests and scripts; no site needs more to describe a video or a list. */
const BYTES_MAX = 128 * 1024 * 1024

export interface SourceDependencies extends CookieDependencies {
  folders: WorkFolders
}

/** `ask` is one call of the engine, through `way`. Resolves with its answer, and with what was heard beside it. */
export async function askSource<Answer>(
  dependencies: SourceDependencies,
  { job, way, signal }: { job: RunningJob; way: SourceWay; signal: AbortSignal },
  ask: (cookies: AttachedCookies | null, context: JobContext) => Promise<Answer>,
): Promise<{ answer: Answer; heard: HeardWarnings }> {
  const { id, report } = job
  const heard = hearWarnings(report)
  const answer = await way.run({ maxBytes: BYTES_MAX }, async (admission) => {
    const home = await dependencies.folders.open(id)
    return unlessBusy(home, (folder) =>
      withCookies(dependencies, job, {
        folder,
        warnings: heard.codes,
        run: (cookies) => ask(cookies, { jobId: id, folder, egress: admission, signal, onProgress: heard.report }),
      }),
    )
  })
  return { answer, heard }
}
