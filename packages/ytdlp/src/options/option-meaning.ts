/** What an option means to yt-dlp, and when it is met. Made of our own words: no text of a client is in an argument. */
import type { DownloadOptions, WarningCode } from '@video-scraper/contracts'

/** What is known of a file, or of the formats that it is made of. Null: not known. */
export interface MediaFacts {
  readonly width: number | null
  readonly height: number | null
  /** As yt-dlp or ffprobe calls it. */
  readonly videoCodec: string | null
  /** How the samples of the picture are stored, as ffprobe calls it. No source tells it. */
  readonly pixelFormat: string | null
  /** Of the picture, as ffprobe calls them; missing and null: not known, as no source tells them. */
  readonly videoProfile?: string | null
  readonly fieldOrder?: string | null
  readonly colorTransfer?: string | null
  readonly colorPrimaries?: string | null
  /** Of the sound, as ffprobe calls it; missing and null: not known. */
  readonly audioProfile?: string | null
  /** As yt-dlp or ffprobe calls it; `none` where there is no sound. */
  readonly audioCodec: string | null
  /** A language tag. */
  readonly audioLanguage: string | null
  /** `mp4`, `webm`, `mkv`, or the name of another one. */
  readonly container: string | null
}

/** What the runner prefers among the formats (`python/preferences.py`). It travels as JSON beside the arguments. */
export interface Preferences {
  readonly language?: string
  readonly videoCodec?: string
  readonly soundCodec?: 'aac'
  /** Picture and sound are put into it, where they fit. */
  readonly container?: 'mp4' | 'webm' | 'mkv'
  readonly bytesMax?: number
  /** What the file is when it has been fetched may be encoded again: it needs space for that. */
  readonly transcode?: true
  /** Whether title, artist and date are written into the file. */
  readonly tags?: boolean
  /** Whether chapters are. */
  readonly chapters?: boolean
  /** Whether the picture of the video is, as its cover. */
  readonly cover?: boolean
  /** The sound is wanted alone, and need not be encoded again where it is in this format. */
  readonly soundFormat?: string
}

/** What the runner is to fetch beside the media. It travels as JSON beside the arguments. */
export interface Beside {
  readonly subtitles?: {
    readonly languages: readonly string[]
    readonly format: 'vtt' | 'srt'
    readonly deliver: 'file' | 'embedded' | 'both'
    readonly automatic: boolean
  }
  readonly thumbnail?: true
  /** Seconds. */
  readonly clips?: readonly { readonly start: number; readonly end: number; readonly exact: boolean }[]
  readonly chapters?: true
}

export interface OptionMeaning<Value> {
  /** Exactly these formats, in yt-dlp's format language. */
  readonly formats?: (value: Value) => string
  readonly beside?: (value: Value) => Beside
  /** The best formats of another kind than picture and sound, in that language. Null: of that kind. */
  readonly bestFormats?: (value: Value) => string | null
  /** Further arguments of yt-dlp. */
  readonly arguments?: (value: Value) => readonly string[]
  /** Fields of yt-dlp's order of formats that come before all others. */
  readonly sortFirst?: readonly string[]
  /** Fields that stand for the size of the picture in this order. */
  readonly sortSize?: (value: Value) => readonly string[]
  readonly preferences?: (value: Value) => Preferences
  /** Whether the option is met. Null: it cannot be said of these facts. Missing: there is nothing to meet. */
  readonly isMet?: (value: Value, facts: MediaFacts) => boolean | null
  /** Whether it is met in the end by what is made of formats that do not meet it. Missing: it is not. */
  readonly metLater?: (options: DownloadOptions) => boolean
  /** Said of a file that does not meet it. */
  readonly warning?: WarningCode
}
