/** What a client is set up with: its options, the environment, and the defaults. Nothing is global. */
import { UsageError } from './errors.ts'

/** `fetch`, or whatever stands for it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** One line of the log: a request that was answered, or was not. No key, body or signature is in it. */
export interface LogEntry {
  readonly event: 'answered' | 'failed' | 'retrying' | 'stream_resumed' | 'stream_unavailable'
  readonly method: string
  /** Without its query. */
  readonly url: string
  readonly status?: number
  readonly code?: string
  readonly requestId?: string | null
  /** From the request to the head of its answer. */
  readonly milliseconds?: number
  /** 1 for the first time. */
  readonly attempt?: number
}

export interface ClientOptions {
  /** Default: `VIDEO_SCRAPER_API_KEY`. Absent or null: no key, which a service without keys accepts. */
  readonly apiKey?: string | null | undefined
  /** Default: `VIDEO_SCRAPER_URL`, else `http://localhost:5501`. With or without `/api/video-scraper` at its end. */
  readonly baseUrl?: string | undefined
  /** A page shows its key to everybody who opens it, so in a browser a key is refused unless this is true. */
  readonly allowKeyInBrowser?: boolean | undefined
  /** Default: the global `fetch`. Bring your own for a proxy, or for certificates. */
  readonly fetch?: Fetch | undefined
  /** How long one attempt may take, until its answer is there. Default 30,000 milliseconds. */
  readonly timeoutMs?: number | undefined
  /** How long nothing may come of a body that is being read. The service says something every 15 s. Default 45,000. */
  readonly idleTimeoutMs?: number | undefined
  /** How often a request is repeated that can safely be. Default 4; 0 for never. */
  readonly retries?: number | undefined
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly log?: ((entry: LogEntry) => void) | undefined
}

export interface Configuration {
  readonly apiKey: string | null
  /** Without a slash at its end, and without `/api/video-scraper`. */
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly timeoutMs: number
  readonly idleTimeoutMs: number
  readonly retries: number
  readonly headers: Readonly<Record<string, string>>
  readonly log: (entry: LogEntry) => void
}

const DEFAULT_URL = 'http://localhost:5501'

/** Throws a `UsageError` for what cannot work, without saying the key. */
export function configurationOf(options: ClientOptions): Configuration {
  const apiKey = (options.apiKey === undefined ? environment('VIDEO_SCRAPER_API_KEY') : options.apiKey) || null
  if (apiKey !== null && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError('The API key holds blanks, or letters that no key has. Copy it again.', {
      code: 'invalid_key',
    })
  }
  if (apiKey !== null && isBrowser() && !options.allowKeyInBrowser) {
    throw new UsageError(
      'An API key in a page can be read by everybody who opens the page. Use links, or set allowKeyInBrowser.',
      { code: 'key_in_browser' },
    )
  }
  return {
    apiKey,
    baseUrl: baseOf(options.baseUrl ?? (environment('VIDEO_SCRAPER_URL') || DEFAULT_URL)),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    timeoutMs: options.timeoutMs ?? 30_000,
    idleTimeoutMs: options.idleTimeoutMs ?? 45_000,
    retries: options.retries ?? 4,
    headers: options.headers ?? {},
    log: options.log ?? (() => undefined),
  }
}

function baseOf(text: string): string {
  try {
    const { protocol, origin, pathname, username } = new URL(text)
    if (/^https?:$/.test(protocol) && username === '') {
      return origin + pathname.replace(/\/+$/, '').replace(/\/api\/video-scraper$/, '')
    }
  } catch {
    // Said below.
  }
  throw new UsageError('The base URL must be an absolute http or https address without credentials.', {
    code: 'invalid_base_url',
  })
}

interface Surroundings {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> }
  readonly document?: unknown
  readonly window?: unknown
}

const isBrowser = (): boolean => {
  const { window, document } = globalThis as Surroundings
  return window !== undefined && document !== undefined
}

/** Empty where there is no environment, or where it may not be read. */
function environment(name: string): string {
  try {
    return (globalThis as Surroundings).process?.env?.[name] ?? ''
  } catch {
    return ''
  }
}
