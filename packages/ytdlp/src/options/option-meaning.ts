/** What an option means to yt-dlp. Whatever is here is made of our own words: no text of a client is in any of it. */
/** What the runner is to fetch beside the media. It travels as JSON beside the arguments. */
export interface Beside {
  readonly subtitles?: {
    readonly languages: readonly string[]
    readonly format: 'vtt' | 'srt'
    readonly deliver: 'file' | 'embedded' | 'both'
    readonly automatic: boolean
  }
  readonly thumbnail?: true
}

export interface OptionMeaning<Value> {
  /** Exactly these formats, in yt-dlp's format language. */
  readonly formats?: (value: Value) => string
  readonly beside?: (value: Value) => Beside
}
