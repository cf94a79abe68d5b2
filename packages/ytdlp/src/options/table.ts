/** The options of a download as what they mean to yt-dlp. Total: an option without its row does not compile. */
import type { DownloadOptions, WarningCode } from '@video-scraper/contracts'
import { ALLOWED } from './allowed-protocols.ts'
import { audioLanguage } from './audio-language.ts'
import { chapters, clips } from './clips.ts'
import { compatibility } from './compatibility.ts'
import { container } from './container.ts'
import { embed } from './embed.ts'
import { formatId } from './format-id.ts'
import { maxFilesize } from './max-filesize.ts'
import type { Beside, MediaFacts, OptionMeaning, Preferences } from './option-meaning.ts'
import { quality } from './quality.ts'
import { audioBitrate, audioFormat, media } from './sound.ts'
import { subtitles } from './subtitles.ts'
import { thumbnail } from './thumbnail.ts'
import { videoCodec } from './video-codec.ts'

/** A row for every option. */
export type OptionMeanings<Options> = {
  readonly [Name in keyof Options]-?: OptionMeaning<NonNullable<Options[Name]>>
}

/** In the order in which they count: of two options that cannot both be met, the earlier one is. */
const meanings: OptionMeanings<DownloadOptions> = {
  format_id: formatId,
  max_filesize: maxFilesize,
  audio_language: audioLanguage,
  compatibility,
  // The worker has the file encoded again when it is there (`python/transcode.py`).
  transcode: { preferences: (wanted) => (wanted ? { transcode: true } : {}) },
  video_codec: videoCodec,
  container,
  quality,
  media,
  audio_format: audioFormat,
  audio_bitrate: audioBitrate,
  // Decides what becomes of the others (`isStrict`).
  strict: {},
  subtitles,
  thumbnail,
  embed,
  clips,
  chapters,
  // Travel beside the arguments (`python/cookies.py`).
  cookies: {},
  // Chooses the exit (`worker/exits`).
  country: {},
  // A cached answer, and how long files are kept, is the worker's.
  max_age: {},
  retention_seconds: {},
  // The queue ends a job whose time is over.
  expires_in: {},
  // A job that waits is none of yt-dlp's.
  wait_for_start: {},
  // The worker delivers the file itself.
  destination: {},
}

const BEST = `bv*${ALLOWED}+ba${ALLOWED}/b*${ALLOWED}`

/** Which formats are taken, in yt-dlp's format language. */
export function formatsOf<Options extends object>(options: Options, table: OptionMeanings<Options>): string {
  const rows = asked(options, table)
  const named = rows.flatMap(([value, { formats }]) => formats?.(value) ?? [])
  const best = rows.flatMap(([value, { bestFormats }]) => bestFormats?.(value) ?? [])
  return named[0] ?? best[0] ?? BEST
}

export const formatsOfDownload = (options: DownloadOptions): string => formatsOf(options, meanings)

/**
 * The order of formats for `--format-sort`. Resolution wins over the codec, and the codec that most players know over the
 * container (`python/preferences.py` has the order of codecs, and what `pairs` and `usual` mean).
 */
export function sortOfDownload(options: DownloadOptions): string {
  const rows = asked(options, meanings)
  const first = new Set(rows.flatMap(([, { sortFirst = [] }]) => sortFirst))
  const size = rows.flatMap(([value, { sortSize }]) => sortSize?.(value) ?? [])
  const picture = size.length === 0 ? ['quality', 'res'] : [...size, 'quality']
  return [...first, 'lang', 'pairs', ...picture, 'fps', 'usual', 'vcodec', 'ext:mp4:m4a'].join(',')
}

/** Arguments beside those that every download has. */
export const argumentsOfOptions = (options: DownloadOptions): string[] =>
  asked(options, meanings).flatMap(([value, row]) => row.arguments?.(value) ?? [])

export const preferencesOf = (options: DownloadOptions): Preferences =>
  Object.assign({}, ...asked(options, meanings).map(([value, { preferences }]) => preferences?.(value)))

interface Assessment {
  /** Of each option that is not met. */
  readonly warnings: readonly WarningCode[]
  /** Options of which these facts do not say whether they are met. */
  readonly undecided: readonly string[]
}

/** Checks a file, or the formats that it will be made of, by what was asked for. */
export function assess(options: DownloadOptions, facts: MediaFacts): Assessment {
  const verdicts = asked(options, meanings).map(([value, { isMet, metLater, warning }, name]) => ({
    name,
    warning,
    met: isMet === undefined ? true : unlessLater(isMet(value, facts), metLater?.(options) === true),
  }))
  return {
    warnings: verdicts.flatMap(({ met, warning }) => (met === false && warning !== undefined ? [warning] : [])),
    undecided: verdicts.flatMap(({ met, name }) => (met === null ? [name] : [])),
  }
}

/** What formats do not meet may be made of them, and then only the file decides. */
const unlessLater = (met: boolean | null, isLater: boolean): boolean | null => (met === false && isLater ? null : met)

/** Options that can be met or not. */
export const assessedOptionsOf = (options: DownloadOptions): string[] =>
  asked(options, meanings).flatMap(([, { isMet }, name]) => (isMet === undefined ? [] : [name]))

/** At the end, what cannot be said is not met. */
export const warningsAtTheEnd = (options: DownloadOptions, facts: MediaFacts): WarningCode[] =>
  asked(options, meanings).flatMap(([value, { isMet, warning }]) =>
    warning !== undefined && isMet?.(value, facts) !== true ? [warning] : [],
  )

/** What the runner is to fetch beside the media. */
export const besideOf = (options: DownloadOptions): Beside =>
  Object.assign({}, ...asked(options, meanings).map(([value, { beside }]) => beside?.(value)))

/** What was asked for, each with what it means, in the order of the table. */
function asked<Options extends object>(
  options: Options,
  table: OptionMeanings<Options>,
): [value: unknown, meaning: OptionMeaning<unknown>, name: string][] {
  const values = options as Readonly<Record<string, unknown>>
  const rows = Object.entries(table) as [string, OptionMeaning<unknown>][]
  return rows.flatMap(([name, meaning]) => (Object.hasOwn(values, name) ? [[values[name], meaning, name]] : []))
}
