/** Tells the gateways what the yt-dlp that serves is and knows, and tells it anew where another one serves. */
import type { Logger } from '@video-scraper/boot'
import type { EngineUpdates, PoTokenProviderState } from '@video-scraper/contracts'
import { keepPlatformsPublished } from '@video-scraper/store'
import type { Engine } from '@video-scraper/ytdlp'
import type { Redis } from 'ioredis'
import { publishEngineCheck } from './publish-engine-check.ts'

interface PublishOptions {
  /** The one that serves now: what is reported of it must not come from a version that is on trial. */
  readonly engine: () => Engine
  readonly ffmpeg: string
  readonly redis: Redis
  readonly logger: Logger
  /** Null: nothing is updated. */
  readonly updates: () => EngineUpdates | null
  readonly tokenProvider: () => PoTokenProviderState
}

export interface PublishedEngine {
  /** `version`: of the yt-dlp that serves from now on. */
  again(version: string): void
  stop(): Promise<void>
}

export function publishEngine(
  { engine, ffmpeg, redis, logger, updates, tokenProvider }: PublishOptions,
  version: string,
): PublishedEngine {
  const begin = (of: string) => ({
    check: publishEngineCheck(engine(), ffmpeg, redis, logger, { updates, tokenProvider }),
    platforms: publishPlatforms(engine(), redis, of, logger),
  })
  let current = begin(version)
  const stopping = new Set<Promise<void>>()
  const end = ({ check, platforms }: typeof current): void => {
    platforms.stop()
    const stopped: Promise<void> = check.stop().finally(() => stopping.delete(stopped))
    stopping.add(stopped)
  }
  return {
    again(next) {
      end(current)
      current = begin(next)
    },
    async stop() {
      end(current)
      await Promise.all(stopping)
    },
  }
}

/** Takes a second or two of yt-dlp's time, which no job should wait for; the gateway has a list of its own until then. */
function publishPlatforms(engine: Engine, redis: Redis, ytdlpVersion: string, logger: Logger): { stop(): void } {
  let published: { stop(): void } | null = null
  let stopped = false
  engine.listPlatforms().then(
    (platforms) => {
      if (!stopped) published = keepPlatformsPublished(redis, { ytdlpVersion, platforms })
    },
    (error: unknown) => logger.warn({ err: error }, 'the list of platforms could not be made'),
  )
  return {
    stop() {
      stopped = true
      published?.stop()
    },
  }
}
