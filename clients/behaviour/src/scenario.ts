/** The form of the scenarios: data that every client library must live up to. `README.md` beside it says the words. */

/** What goes wrong on the way. Each fault meets `times` requests (default 1) that `on` fits, and is then used up. */
export interface Fault {
  /** `METHOD /path`, a regular expression over the path without `/api/video-scraper` and the query. */
  readonly on: string
  readonly times?: number
  readonly do: FaultName
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly after_bytes?: number
  readonly bytes_per_second?: number
}

export type FaultName =
  /** The connection ends and the service hears nothing. */
  | 'drop'
  /** The service has answered, and the connection ends before the answer is there. */
  | 'drop_answer'
  /** No answer comes at all. */
  | 'hang'
  /** Somebody before the service answers: `status`, `headers`, `body`. */
  | 'answer'
  /** The connection ends after `after_bytes` of the body. */
  | 'cut'
  /** The body comes at `bytes_per_second`. */
  | 'slow'
  /** One byte of the body is another one. */
  | 'corrupt'
  /** The header `Prefer` does not reach the service. */
  | 'without_prefer'
  /** Nor does the header `Range`. */
  | 'without_range'
  /** What a service says that is one version newer: unknown fields, words and events. */
  | 'newer'
  /** The gateway is killed with SIGKILL once its answer has begun, and another one starts. */
  | 'kill_gateway'

export interface Step {
  /** What the client does: a row of the table in README.md. */
  readonly call: string
  /** Strings may hold `{site}`, `{folder}`, and `{name.field}` of a result that was kept. A string that is nothing else becomes the value itself. */
  readonly with?: Readonly<Record<string, unknown>>
  /** Keeps the result under this name. */
  readonly keep?: string
  /** What the result must hold; other keys may be there. `<string>`, `<number>`, `<array>` and `/pattern/` fit many. */
  readonly result?: unknown
  /** What the error must hold: `group`, `code`, `status`, `retryable`, `retry_after`. */
  readonly error?: Readonly<Record<string, unknown>>
}

export interface RequestExpectation {
  readonly on: string
  readonly count?: number
  readonly at_least?: number
  /** Every one of them has this header with the same value. */
  readonly same_header?: string
  /** The last of them has these headers; values as in results. */
  readonly last_has?: Readonly<Record<string, string>>
}

export interface Scenario {
  readonly title: string
  /** Options of the client: `retries`, `timeout`, `api_key`, in seconds where they are times. */
  readonly client?: Readonly<Record<string, unknown>>
  readonly faults?: readonly Fault[]
  readonly steps: readonly Step[]
  /** What must have been asked for. */
  readonly requests?: readonly RequestExpectation[]
  /** Its log holds none of these texts. */
  readonly never_logged?: readonly string[]
}
