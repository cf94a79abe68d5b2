/** Knows whether the operator's provider of PO tokens is there, by its answer to a ping now and then. */
import type { PoTokenProviderState } from '@video-scraper/contracts'
import type { TokenProvider } from '@video-scraper/egress'

const EVERY_MS = 30_000

interface TokenProviderWatchOptions {
  readonly provider: TokenProvider
  readonly logger: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** How long after one ping the next is sent, in milliseconds. Default 30 s. */
  readonly everyMs?: number
}

export interface TokenProviderWatch {
  /** `unreachable` until it has answered once. */
  state(): PoTokenProviderState
  stop(): void
}

/** Says in the log when that changes, and at the start. Jobs go on without tokens meanwhile, so nothing waits for it. */
export function watchTokenProvider({
  provider,
  logger,
  everyMs = EVERY_MS,
}: TokenProviderWatchOptions): TokenProviderWatch {
  const stopped = new AbortController()
  let state: PoTokenProviderState | null = null
  let next: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const found = await provider.ping(stopped.signal).then(
      () => 'reachable' as const,
      () => 'unreachable' as const,
    )
    if (stopped.signal.aborted) return
    if (found !== state && found === 'reachable') logger.info({}, 'the provider of PO tokens is there')
    if (found !== state && found === 'unreachable')
      logger.warn({}, 'the provider of PO tokens (POT_PROVIDER_URL) does not answer; jobs go on without tokens')
    state = found
    next = setTimeout(() => void look(), everyMs)
    next.unref()
  }
  void look()
  return {
    state: () => state ?? 'unreachable',
    stop() {
      stopped.abort()
      clearTimeout(next)
    },
  }
}
