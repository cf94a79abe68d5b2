/** yt-dlp's arguments: a closed table. Nothing of a client's is in it but the digests of the formats that it asks for. */
import type { DownloadOptions } from '@video-scraper/contracts'
import { argumentsOfOptions, formatsOfDownload, sortOfDownload } from './options/table.ts'

/** What the runner does; `python/runner.py` has one function for each. */
export type Mode = 'info' | 'download' | 'transcript' | 'transcode'

export interface ArgumentValues {
  readonly mode: Mode
  readonly folder: string
  /** Only fetched through here; holds the job's credentials, so the arguments are never logged. */
  readonly proxyUrl: string
  readonly ffmpegLocation: string
  /** Where a deno lies, which YouTube's player needs; null where there is none. */
  readonly denoPath: string | null
  /** What a download is asked for. Of an info job none changes the arguments. */
  readonly options: DownloadOptions
  /** The operator's (`extractor-arguments`), never a client's. Default: none. */
  readonly extractorArguments?: readonly string[]
}

/** Everything yt-dlp could do beside the one thing asked for: read settings, run programs, keep or send anything. */
const NOTHING_ELSE = [
  '--ignore-config',
  '--no-config-locations',
  '--no-plugin-dirs',
  '--no-cache-dir',
  '--no-update',
  '--no-exec',
  '--no-cookies',
  '--no-cookies-from-browser',
  '--no-batch-file',
  '--no-download-archive',
  '--no-remote-components',
  '--no-live-from-start',
  '--no-wait-for-video',
  '--no-mark-watched',
  '--no-write-comments',
  '--no-write-playlist-metafiles',
  '--no-embed-info-json',
  '--no-sponsorblock',
  '--no-split-chapters',
  '--concat-playlist=never',
  '--xff=never',
  '--color=never',
  '--default-search=error',
  '--use-extractors=default,-testurl,-.*search.*',
] as const

/** One video, and short time-outs: the queue repeats jobs, with longer waits than yt-dlp's. */
const ONE_VIDEO = [
  '--no-playlist',
  '--playlist-items=1',
  '--abort-on-error',
  '--abort-on-unavailable-fragments',
  '--socket-timeout=15',
  '--retries=3',
  '--fragment-retries=3',
  '--extractor-retries=2',
  '--file-access-retries=2',
  '--retry-sleep=http:exp=0.5:4',
  '--retry-sleep=fragment:exp=0.5:4',
  '--retry-sleep=extractor:exp=0.5:4',
  // Progress comes from a hook; these keep yt-dlp from formatting a line for nobody at every block.
  '--quiet',
  '--no-progress',
  '--progress-delta=3600',
] as const

/**
 * A file is continued where its name lies from an earlier attempt, so the name tells the formats apart. A fix that was
 * cut short is made good, hence `force`. What is merged goes into mp4 or webm where they can hold it, else into mkv:
 * yt-dlp's own rule, since naming `mp4/mkv` here would send every stream whose codec is not reported, as in HLS, into mkv.
 */
const ONE_FILE = [
  '--break-match-filters=!is_live',
  '--continue',
  '--part',
  '--no-mtime',
  '--restrict-filenames',
  '--windows-filenames',
  '--output=media.%(format_id)s.%(ext)s',
  '--fixup=force',
  '--downloader=native',
  '--concurrent-fragments=4',
] as const

/** Arguments in yt-dlp's own spelling, each with its value in one piece, so that none can swallow its neighbour. */
export function argumentsOf(values: ArgumentValues): string[] {
  const { mode, folder, proxyUrl, ffmpegLocation, denoPath, options, extractorArguments = [] } = values
  return [
    ...NOTHING_ELSE,
    ...ONE_VIDEO,
    ...extractorArguments,
    `--proxy=${proxyUrl}`,
    `--ffmpeg-location=${ffmpegLocation}`,
    ...(denoPath === null ? ['--no-js-runtimes'] : ['--no-js-runtimes', `--js-runtimes=deno:${denoPath}`]),
    ...(mode !== 'download'
      ? ['--format=b*/all']
      : [
          ...ONE_FILE,
          `--paths=${folder}`,
          `--format=${formatsOfDownload(options)}`,
          `--format-sort=${sortOfDownload(options)}`,
          ...argumentsOfOptions(options),
        ]),
  ]
}
