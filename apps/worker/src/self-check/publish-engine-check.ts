/** Checks yt-dlp in the background of a start, says in the log what is wrong, and publishes it for GET /api/status. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@video-scraper/boot'
import type { EngineStatus, EngineUpdates, PoTokenProviderState } from '@video-scraper/contracts'
import { Stop } from '@video-scraper/core'
import { keepEngineCheckPublished } from '@video-scraper/store'
import type { Engine } from '@video-scraper/ytdlp'
import type { Redis } from 'ioredis'
import { checkEngine, type EngineCheck } from './check-engine.ts'

/** The check costs some seconds of processor time, which the first jobs after a start need more. */
const AFTER_START_MS = 10_000

/** What changes after the check, as it is now. */
interface Changing {
  readonly updates: () => EngineUpdates | null
  readonly tokenProvider: () => PoTokenProviderState
}

export function publishEngineCheck(
  engine: Engine,
  ffmpeg: string,
  redis: Redis,
  logger: Logger,
  changing: Changing,
): { stop(): Promise<void> } {
  let published: { stop(): void } | null = null
  const stop = new AbortController()
  const checking = checkLater(engine, ffmpeg, stop.signal).then(
    (check) => {
      for (const { name, problem } of check.parts) {
        if (problem !== null && !stop.signal.aborted)
          logger.error({ part: name, problem }, 'yt-dlp does not do what jobs need')
      }
      if (!stop.signal.aborted) published = keepEngineCheckPublished(redis, () => statusOf(check, changing))
    },
    (error: unknown) => {
      if (!stop.signal.aborted) logger.warn({ err: error }, 'yt-dlp could not be checked')
    },
  )
  return {
    async stop() {
      stop.abort(new Stop('shutdown'))
      published?.stop()
      await checking
    },
  }
}

async function checkLater(engine: Engine, ffmpeg: string, signal: AbortSignal): Promise<EngineCheck> {
  await sleep(AFTER_START_MS, undefined, { signal, ref: false })
  return await checkEngine(engine, ffmpeg, signal)
}

/** Problems are named, and no more: their sentences are for the log. */
const statusOf = (
  { checkedAt, versions, ageDays, parts }: EngineCheck,
  { updates, tokenProvider }: Changing,
): EngineStatus => ({
  ok: parts.every(({ problem }) => problem === null),
  checked_at: checkedAt,
  failed_checks: parts.filter(({ problem }) => problem !== null).map(({ name }) => name),
  ytdlp_version: versions.ytdlp ?? null,
  ytdlp_age_days: ageDays,
  curl_cffi_version: versions.curl_cffi ?? null,
  deno_version: versions.deno ?? null,
  ffmpeg_version: versions.ffmpeg ?? null,
  po_token_provider: tokenProvider(),
  ...withUpdates(updates()),
})

const withUpdates = (updates: EngineUpdates | null): { updates?: EngineUpdates } =>
  updates === null ? {} : { updates }
