/** What an option means to yt-dlp. Whatever is here is made of our own words: no text of a client is in any of it. */
export interface OptionMeaning<Value> {
  /** Exactly these formats, in yt-dlp's format language. */
  readonly formats?: (value: Value) => string
}
