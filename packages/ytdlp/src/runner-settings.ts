/** What the runner is given beside its arguments: of the engine, of the job's place, and of what it is asked for. */
import { ENTRIES_DEFAULT } from '@video-scraper/contracts'
import { commonRequestsForRunner } from './common-requests.ts'
import type { EngineParts, JobContext } from './engine-options.ts'
import type { JobRequest } from './job-request.ts'
import { portOf, sandboxSettings } from './sandbox-settings.ts'

/** What the runner is given of the engine and of the job's place. */
export function settingsOf(
  engine: EngineParts,
  mode: JobRequest['mode'],
  { folder, egress, space }: Pick<JobContext, 'folder' | 'egress' | 'space'>,
) {
  const { home, workerId, authorityFile, legacyTls = false, keptPlayers, tokenAddress } = engine
  return {
    mode,
    home,
    folder,
    workerId,
    ...(authorityFile !== undefined && { authorityFile }),
    legacyTls,
    ...(tokenAddress !== undefined && { tokenAddress }),
    ...(keptPlayers && { players: keptPlayers.ofJob() }),
    // Whoever encodes a file that is there reaches nobody.
    ...sandboxSettings(engine, mode === 'transcode' ? [] : [portOf(egress.proxyUrl)]),
    ...limited(space),
  }
}

/** What the runner is given beside that, of what it is asked for. */
const ofRequest = {
  download: () => ({}),
  transcript: ({ captions = {} }) => ({ captions }),
  transcode: ({ transcode }) => ({ transcode }),
  info: ({ asked: { media_urls: mediaUrls = false, entries } = {}, listing }) => ({
    commonRequests: commonRequestsForRunner,
    mediaUrls,
    ...(listing && { entries: listing }),
    ...(entries && { entries: { from: entries.from ?? 1, count: entries.count ?? ENTRIES_DEFAULT } }),
  }),
} as const satisfies Record<JobRequest['mode'], (request: JobRequest) => object>

export const settingsOfRequest = (request: JobRequest): object => ofRequest[request.mode](request)

const ANY_SPACE = { diskBytes: Number.POSITIVE_INFINITY, ownerBytes: Number.POSITIVE_INFINITY }

/** JSON has no word for infinity, and the runner takes a missing limit for none. */
function limited({ diskBytes, ownerBytes }: NonNullable<JobContext['space']> = ANY_SPACE): Record<string, number> {
  return {
    ...(Number.isFinite(diskBytes) && { diskFreeBytes: diskBytes }),
    ...(Number.isFinite(ownerBytes) && { ownerFreeBytes: ownerBytes }),
  }
}
