/** What the events of the runner are made of, checked. */
import { type Fields, fieldsOf, numberOf, requiredText, textOf } from './event-fields.ts'

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

/** In halves of characters, of which the runner counts whole ones. */
const PART_TITLE_LENGTH_MAX = 400

/** Null where it is no part. */
export function partOf(fields: Fields): NamedPart | null {
  const [start, end] = [numberOf(fields, 'start'), numberOf(fields, 'end')]
  return start === null || end === null
    ? null
    : { start, end, title: textOf(fields, 'title')?.slice(0, PART_TITLE_LENGTH_MAX) || null }
}

export function plannedFormatOf(value: unknown): PlannedFormat {
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

export function errorLinkOf(value: unknown): ErrorLink {
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
