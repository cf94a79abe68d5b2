/** What the runner says, checked: the words of `python/*.py` as types. */
import {
  type Fields,
  fieldsOf,
  listOf,
  MalformedEvent,
  numberOf,
  parseJson,
  requiredText,
  textOf,
} from './event-fields.ts'
import {
  type CheckedPart,
  type ErrorLink,
  errorLinkOf,
  type NamedPart,
  type PlannedFormat,
  partOf,
  plannedFormatOf,
  type SandboxInForce,
} from './event-parts.ts'

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
  /** How much of a file is encoded again, from 0 to 1, and in how many seconds it ends. Null: not known. */
  | { event: 'encoding'; fraction: number | null; eta: number | null }
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
  /** A value of this kind (`values/value-kinds.ts`) was not kept, or was refused. */
  | { event: 'missed'; kind: string }
  /** What a run in the mode `find` has found. */
  | { event: 'value'; value: string }
  | { event: 'warning'; message: string }
  | { event: 'error'; message: string; chain: readonly ErrorLink[] }
  | { event: 'platforms'; platforms: readonly unknown[] }
  | { event: 'probe'; attempts: readonly unknown[] }
  | { event: 'check'; parts: readonly CheckedPart[]; versions: Readonly<Record<string, string | null>> }
  | { event: 'end'; code: number }

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
  encoding: 1_024,
  postprocess: 16_384,
  probe: 65_536,
  check: 16_384,
  file: 32_768,
  beside: 32_768,
  captions: 65_536,
  player: 8_192,
  missed: 1_024,
  value: 8_192,
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
  encoding: (fields) => ({ event: 'encoding', fraction: numberOf(fields, 'fraction'), eta: numberOf(fields, 'eta') }),
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
  missed: (fields) => ({ event: 'missed', kind: requiredText(fields, 'kind') }),
  value: (fields) => ({ event: 'value', value: requiredText(fields, 'value') }),
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
