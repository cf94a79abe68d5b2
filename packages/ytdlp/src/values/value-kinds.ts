/**
 * Which values of sites are kept for all jobs: public ones that a site gives to every visitor, each asked for at its own site
 * alone. yt-dlp would keep them in its cache, by section and key. What else it keeps there stays with its job: tokens and names
 * of devices, which belong to whoever was given them, and scripts and lists, which decide what others run or see.
 */

export interface ValueKind {
  /** What it is for. */
  readonly what: string
  /** yt-dlp's name of the extractor that finds it when it is initialised. */
  readonly extractor: string
  readonly section: string
  readonly key: string
  /** The whole of it, so this bounds its length too. */
  readonly form: RegExp
}

export const valueKinds = {
  soundcloud_client_id: {
    what: 'the name under which the pages of SoundCloud ask its API: two requests or more for each job',
    extractor: 'Soundcloud',
    section: 'soundcloud',
    key: 'client_id',
    form: /^[0-9A-Za-z]{32}$/,
  },
} as const satisfies Readonly<Record<string, ValueKind>>

export type ValueName = keyof typeof valueKinds

export const valueNames = Object.keys(valueKinds) as readonly ValueName[]

export const isValueName = (text: string): text is ValueName => Object.hasOwn(valueKinds, text)
