/** What is said of a file that was downloaded: what is known of it, and what the source says. */
import type { PlannedFormat } from './event-parts.ts'
import type { JobRecord } from './job-record.ts'
import type { MediaFile } from './media-file.ts'
import type { MediaFacts } from './options/option-meaning.ts'
import type { OtherFile } from './other-files.ts'
import { factsOf } from './planned-facts.ts'

export interface Streams {
  readonly video: boolean | null
  readonly audio: boolean | null
}

export interface DownloadedMedia extends MediaFile {
  readonly title: string | null
  readonly webpageUrl: string | null
  /** As the source announces it. */
  readonly durationSeconds: number | null
  /** Of how many periods of a DASH manifest a stream is put together; 1 for everything else. */
  readonly periods: number
  /** What must be in the file, since it was fetched apart and put together. Null: whatever there is. */
  readonly expects: Streams
  /** What the source says is in it. Null: it does not say. A claim, and manifests are often wrong. */
  readonly announces: Streams
  /** What the source says of the formats. */
  readonly facts: MediaFacts
  /** What came beside it, in the order in which it was asked for. No media. */
  readonly others: readonly OtherFile[]
  /** A part was begun anew while it was downloaded, so whoever followed the growing file must read it again. */
  readonly restarted: boolean
  /** The same for the same video in the same formats, 64 hexadecimal digits. Null: nothing tells it apart. */
  readonly identity: string | null
  /** The address asked for is that of the media itself, whose content may be replaced. */
  readonly direct: boolean
}

export function describedMedia({ plan, restarted }: JobRecord): Omit<DownloadedMedia, keyof MediaFile | 'others'> {
  return {
    title: plan?.title ?? null,
    webpageUrl: plan?.webpageUrl ?? null,
    durationSeconds: plan?.duration ?? plan?.seconds ?? null,
    periods: plan?.periods ?? 1,
    expects: partsOf(plan?.formats ?? []),
    announces: {
      video: announced(plan?.formats.map(({ vcodec }) => vcodec) ?? []),
      audio: announced(plan?.formats.map(({ acodec }) => acodec) ?? []),
    },
    facts: factsOf({ formats: plan?.formats ?? [], container: plan?.container ?? null }),
    restarted,
    identity: plan?.identity ?? null,
    direct: plan?.direct ?? false,
  }
}

/** A format that is fetched alone is whatever it is. Of two, each was fetched for what the other one does not have. */
function partsOf(formats: readonly PlannedFormat[]): Streams {
  if (formats.length < 2) return { video: null, audio: null }
  return {
    video: formats.some(({ vcodec }) => vcodec !== 'none'),
    audio: formats.some(({ acodec }) => acodec !== 'none'),
  }
}

/** yt-dlp says `none` where it knows that there is no stream, and nothing where it does not know. */
function announced(codecs: readonly (string | null)[]): boolean | null {
  if (codecs.some((codec) => codec !== null && codec !== 'none')) return true
  return codecs.length > 0 && codecs.every((codec) => codec === 'none') ? false : null
}
