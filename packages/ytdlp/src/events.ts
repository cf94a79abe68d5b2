/** What the runner says, checked: the words of `python/*.py` as types. */

export interface PlannedFormat {
  readonly formatId: string
  readonly filesize: number | null
  readonly filesizeApprox: number | null
  /** Kilobits per second. */
  readonly tbr: number | null
  readonly vcodec: string | null
  readonly acodec: string | null
  readonly width: number | null
  readonly height: number | null
  readonly language: string | null
}

/** One link of an exception's chain of causes. */
export interface ErrorLink {
  readonly class: string
  readonly expected: boolean | null
  readonly extractor: string | null
  readonly status: number | null
  readonly errno: number | null
  /** The sentence of the extractor, without its own name and the video's id. */
  readonly message: string | null
  readonly videoId: string | null
  /** OpenSSL's name for what went wrong with a secure connection. */
  readonly tls: string | null
  readonly retryAfter: string | null
  /** When a stream that has not begun will begin, in epoch seconds, as the source says. */
  readonly startsAt: number | null
  /** It is the egress proxy's refusal of an address. */
  readonly refused: boolean
  /** It is the egress proxy's refusal of what is no address. */
  readonly noAddress: boolean
  /** The source showed a challenge that only a real browser passes. */
  readonly challenged: boolean
  /** It was raised in one of yt-dlp's post-processors, while ffmpeg or ffprobe was at work. */
  readonly postprocessing: boolean
}

/** A part of yt-dlp that was tried (`python/self_check.py`). */
export interface CheckedPart {
  readonly name: string
  /** Null: it does what it should. */
  readonly problem: string | null
}

/** What holds a job (`python/sandbox.py`). */
export interface SandboxInForce {
  /** The version of Landlock's interface; 0: none. */
  readonly landlock: number
  /** The filter of system calls is in force. */
  readonly systemCalls: boolean
  /** All privileges of the superuser were given up. */
  readonly capabilities: boolean
  /** It has a user of its own, whom no other job has. */
  readonly ownUser: boolean
}

/** Which part of the media a file is, in seconds. */
export interface NamedPart {
  readonly start: number
  readonly end: number
  readonly title: string | null
}

export type YtdlpEvent =
  | { event: 'busy' }
  | ({ event: 'started'; version: string } & SandboxInForce)
  | { event: 'extracted' }
  | { event: 'info'; video: Fields }
  | { event: 'extraction'; record: string }
  | { event: 'stale'; chain: readonly ErrorLink[] }
  | {
      event: 'plan'
      title: string | null
      webpageUrl: string | null
      duration: number | null
      playlistCount: number | null
      identity: string | null
      /** The address is that of the media itself. */
      direct: boolean
      /** How long the source has the download wait before its first byte. */
      waitSeconds: number
      /** How long all periods of a DASH manifest are together; null where it does not say. */
      seconds: number | null
      /** Of how many periods of a DASH manifest a stream is put together. */
      periods: number
      /** How often the file's size is needed on the disk at once: 2 where the streams are put together at the end. */
      copies: number
      /** What the formats will be put into, where one was asked for. Null: none was, or the source does not say enough. */
      container: string | null
      formats: readonly PlannedFormat[]
    }
  | {
      event: 'progress'
      formatId: string
      status: string
      downloaded: number | null
      total: number | null
      totalEstimate: number | null
      fragment: number | null
      fragments: number | null
      speed: number | null
      eta: number | null
      restarted: boolean
    }
  | { event: 'postprocess'; name: string; status: string }
  | { event: 'file'; path: string }
  | { event: 'beside'; path: string; role: string; language: string | null; automatic: boolean; part: NamedPart | null }
  | {
      event: 'captions'
      path: string
      title: string | null
      webpageUrl: string | null
      duration: number | null
      language: string
      /** A machine made them. */
      automatic: boolean
    }
  | { event: 'entries'; entries: readonly Fields[] }
  | { event: 'player'; address: string }
  | { event: 'warning'; message: string }
  | { event: 'error'; message: string; chain: readonly ErrorLink[] }
  | { event: 'platforms'; platforms: readonly unknown[] }
  | { event: 'probe'; attempts: readonly unknown[] }
  | { event: 'check'; parts: readonly CheckedPart[]; versions: Readonly<Record<string, string | null>> }
  | { event: 'end'; code: number }

/** A line that our own runner cannot have meant: a bug of ours, never the client's fault. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent'
}

export type Fields = Readonly<Record<string, unknown>>

/**
 * The longest line of each event, in characters. They follow from what the runner cuts itself to (`python/*.py`), with
 * every character escaped. The runner may have been taken over, and what it tells goes to Redis.
 */
const lengthsMax = {
  busy: 1_024,
  started: 1_024,
  extracted: 1_024,
  info: 66_560,
  extraction: 176_000,
  entries: 66_560,
  stale: 65_536,
  plan: 65_536,
  progress: 8_192,
  postprocess: 16_384,
  probe: 65_536,
  check: 16_384,
  file: 32_768,
  beside: 32_768,
  captions: 65_536,
  player: 8_192,
  warning: 8_192,
  error: 65_536,
  platforms: 2 ** 20,
  end: 1_024,
} as const satisfies Record<YtdlpEvent['event'], number>
const UNKNOWN_LENGTH_MAX = 8_192

/** Any line at all, in bytes. */
export const LINE_BYTES_MAX = Math.max(...Object.values(lengthsMax))

/** Reads one line. Null for an event of a name not known here: a newer runner may say more. */
export function parseEvent(line: string): YtdlpEvent | null {
  const fields = fieldsOf(parseJson(line))
  const name = requiredText(fields, 'event')
  const known = Object.hasOwn(readers, name) ? (name as YtdlpEvent['event']) : null
  if (line.length > (known ? lengthsMax[known] : UNKNOWN_LENGTH_MAX)) throw new MalformedEvent('An event is too long.')
  return known ? readers[known](fields) : null
}

/** In halves of characters, of which the runner counts whole ones. */
const TITLE_LENGTH_MAX = 2_000
const URL_LENGTH_MAX = 8_192
const PART_TITLE_LENGTH_MAX = 400

const readers: { [Name in YtdlpEvent['event']]: (fields: Fields) => Extract<YtdlpEvent, { event: Name }> } = {
  busy: () => ({ event: 'busy' }),
  started: (fields) => ({
    event: 'started',
    version: requiredText(fields, 'version'),
    landlock: numberOf(fields, 'landlock') ?? 0,
    systemCalls: fields.systemCalls === true,
    capabilities: fields.capabilities === true,
    ownUser: fields.ownUser === true,
  }),
  extracted: () => ({ event: 'extracted' }),
  info: ({ video }) => ({ event: 'info', video: fieldsOf(video) }),
  extraction: (fields) => ({ event: 'extraction', record: requiredText(fields, 'record') }),
  entries: (fields) => ({ event: 'entries', entries: listOf(fields, 'entries').map(fieldsOf) }),
  stale: (fields) => ({ event: 'stale', chain: listOf(fields, 'chain').map(errorLinkOf) }),
  plan: (fields) => ({
    event: 'plan',
    title: textOf(fields, 'title')?.slice(0, TITLE_LENGTH_MAX) ?? null,
    webpageUrl: textOf(fields, 'webpage_url')?.slice(0, URL_LENGTH_MAX) ?? null,
    duration: numberOf(fields, 'duration'),
    playlistCount: numberOf(fields, 'playlist_count'),
    identity: textOf(fields, 'identity'),
    direct: fields.direct === true,
    waitSeconds: Math.max(0, numberOf(fields, 'wait_seconds') ?? 0),
    seconds: numberOf(fields, 'seconds'),
    periods: numberOf(fields, 'periods') ?? 1,
    copies: numberOf(fields, 'copies') ?? 1,
    container: textOf(fields, 'container'),
    formats: listOf(fields, 'formats').map(plannedFormatOf),
  }),
  progress: (fields) => ({
    event: 'progress',
    formatId: requiredText(fields, 'format_id'),
    status: requiredText(fields, 'status'),
    downloaded: numberOf(fields, 'downloaded'),
    total: numberOf(fields, 'total'),
    totalEstimate: numberOf(fields, 'total_estimate'),
    fragment: numberOf(fields, 'fragment'),
    fragments: numberOf(fields, 'fragments'),
    speed: numberOf(fields, 'speed'),
    eta: numberOf(fields, 'eta'),
    restarted: fields.restarted === true,
  }),
  postprocess: (fields) => ({
    event: 'postprocess',
    name: requiredText(fields, 'name'),
    status: requiredText(fields, 'status'),
  }),
  file: (fields) => ({ event: 'file', path: requiredText(fields, 'path') }),
  beside: (fields) => ({
    event: 'beside',
    path: requiredText(fields, 'path'),
    role: requiredText(fields, 'role'),
    language: textOf(fields, 'language'),
    automatic: fields.automatic === true,
    part: partOf(fields),
  }),
  captions: (fields) => ({
    event: 'captions',
    path: requiredText(fields, 'path'),
    title: textOf(fields, 'title')?.slice(0, TITLE_LENGTH_MAX) ?? null,
    webpageUrl: textOf(fields, 'webpage_url')?.slice(0, URL_LENGTH_MAX) ?? null,
    duration: numberOf(fields, 'duration'),
    language: requiredText(fields, 'language'),
    automatic: fields.automatic === true,
  }),
  player: (fields) => ({ event: 'player', address: requiredText(fields, 'address') }),
  warning: (fields) => ({ event: 'warning', message: requiredText(fields, 'message') }),
  error: (fields) => ({
    event: 'error',
    message: textOf(fields, 'message') ?? '',
    chain: listOf(fields, 'chain').map(errorLinkOf),
  }),
  platforms: (fields) => ({ event: 'platforms', platforms: listOf(fields, 'platforms') }),
  probe: (fields) => ({ event: 'probe', attempts: listOf(fields, 'attempts') }),
  check: (fields) => ({
    event: 'check',
    parts: listOf(fields, 'parts').map((part) => {
      const of = fieldsOf(part)
      return { name: requiredText(of, 'name'), problem: textOf(of, 'problem') }
    }),
    versions: Object.fromEntries(
      Object.keys(fieldsOf(fields.versions)).map((name) => [name, textOf(fieldsOf(fields.versions), name)]),
    ),
  }),
  end: (fields) => ({ event: 'end', code: numberOf(fields, 'code') ?? 1 }),
}

/** Null where it is no part. */
function partOf(fields: Fields): NamedPart | null {
  const [start, end] = [numberOf(fields, 'start'), numberOf(fields, 'end')]
  return start === null || end === null
    ? null
    : { start, end, title: textOf(fields, 'title')?.slice(0, PART_TITLE_LENGTH_MAX) || null }
}

function plannedFormatOf(value: unknown): PlannedFormat {
  const fields = fieldsOf(value)
  return {
    formatId: textOf(fields, 'format_id') ?? '',
    filesize: numberOf(fields, 'filesize'),
    filesizeApprox: numberOf(fields, 'filesize_approx'),
    tbr: numberOf(fields, 'tbr'),
    vcodec: textOf(fields, 'vcodec'),
    acodec: textOf(fields, 'acodec'),
    width: numberOf(fields, 'width'),
    height: numberOf(fields, 'height'),
    language: textOf(fields, 'language'),
  }
}

function errorLinkOf(value: unknown): ErrorLink {
  const fields = fieldsOf(value)
  return {
    class: requiredText(fields, 'class'),
    expected: typeof fields.expected === 'boolean' ? fields.expected : null,
    extractor: textOf(fields, 'extractor'),
    status: numberOf(fields, 'status'),
    errno: numberOf(fields, 'errno'),
    message: textOf(fields, 'message'),
    videoId: textOf(fields, 'video_id'),
    tls: textOf(fields, 'tls'),
    retryAfter: textOf(fields, 'retry_after'),
    startsAt: numberOf(fields, 'starts_at'),
    refused: fields.refused === true,
    noAddress: fields.no_address === true,
    challenged: fields.challenged === true,
    postprocessing: fields.postprocessing === true,
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new MalformedEvent('An event is not JSON.', { cause })
  }
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedEvent('Not an object.')
  return value as Fields
}

function requiredText(fields: Fields, key: string): string {
  const value = textOf(fields, key)
  if (value === null) throw new MalformedEvent(`An event lacks its ${key}.`)
  return value
}

function listOf(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key]
  if (!Array.isArray(value)) throw new MalformedEvent(`An event lacks its ${key}.`)
  return value
}

/** Null where the field is missing or not text. */
export function textOf(fields: Fields, key: string): string | null {
  const value = fields[key]
  return typeof value === 'string' ? value : null
}

/** Null where the field is missing or not a number. */
export function numberOf(fields: Fields, key: string): number | null {
  const value = fields[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
