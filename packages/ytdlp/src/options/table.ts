/** The options of a download as arguments of yt-dlp. Total: an option without its row does not compile. */
import type { DownloadOptions } from '@video-scraper/contracts'
import { ALLOWED } from './allowed-protocols.ts'
import { formatId } from './format-id.ts'
import type { Beside, OptionMeaning } from './option-meaning.ts'
import { subtitles } from './subtitles.ts'
import { thumbnail } from './thumbnail.ts'

/** A row for every option. */
export type OptionMeanings<Options> = {
  readonly [Name in keyof Options]-?: OptionMeaning<NonNullable<Options[Name]>>
}

const meanings: OptionMeanings<DownloadOptions> = {
  format_id: formatId,
  subtitles,
  thumbnail,
}

const BEST = `bv*${ALLOWED}+ba${ALLOWED}/b*${ALLOWED}`

/** Which formats are taken, in yt-dlp's format language. */
export function formatsOf<Options extends object>(options: Options, table: OptionMeanings<Options>): string {
  const named = entriesOf(options, table).flatMap(([value, { formats }]) => formats?.(value) ?? [])
  return named[0] ?? BEST
}

export const formatsOfDownload = (options: DownloadOptions): string => formatsOf(options, meanings)

/** What the runner is to fetch beside the media. */
export const besideOf = (options: DownloadOptions): Beside =>
  Object.assign({}, ...entriesOf(options, meanings).map(([value, { beside }]) => beside?.(value)))

/** What was asked for, each with what it means. */
function entriesOf<Options extends object>(
  options: Options,
  table: OptionMeanings<Options>,
): [unknown, OptionMeaning<unknown>][] {
  const rows = table as Readonly<Record<string, OptionMeaning<unknown>>>
  return Object.entries(options).flatMap(([name, value]) => {
    const meaning = rows[name]
    return meaning === undefined ? [] : [[value, meaning]]
  })
}
