/** What an attempt did without, kept beside its answer: whoever is given the same answer later gets the same warnings. */
import type { FileEntry, JobProgress, WarningCode } from '@video-scraper/contracts'

type Report = (progress: JobProgress) => void

export interface HeardWarnings {
  /** Passes progress on, with the warnings of what the attempt builds on. */
  readonly report: Report
  /** Adds what was found out without the engine, and tells it. */
  add(code: WarningCode): void
  /** The attempt is there, and busy with this. `change`: how far it is, where that is known. */
  goesOn(phase: JobProgress['phase'], change?: Partial<Pick<JobProgress, 'fraction' | 'etaSeconds'>>): void
  /** What the attempt was built on led to nothing, so its warnings do not hold. */
  forgetEarlier(): void
  /** The media is not as long as was announced. Reported at once, with both figures. */
  measured(lengths: NonNullable<JobProgress['lengths']>): void
  /** All so far, each once. */
  codes(): WarningCode[]
  /** Of the yt-dlp at work. Undefined: it has not started. */
  ytdlpVersion(): string | undefined
}

/** `earlier`: of the extraction that the attempt starts with. */
export function hearWarnings(report: Report, earlier: readonly WarningCode[] = []): HeardWarnings {
  let remembered = earlier
  let heard: readonly WarningCode[] = []
  const added: WarningCode[] = []
  let last: JobProgress = AT_THE_END
  let lengths: JobProgress['lengths']
  const codes = () => [...new Set([...remembered, ...heard, ...added])]
  const tell = () => {
    const all = codes()
    report(all.length === 0 ? last : { ...last, warnings: all, ...(lengths && { lengths }) })
  }
  return {
    report(progress) {
      heard = progress.warnings ?? []
      last = progress
      tell()
    },
    add(code) {
      added.push(code)
      last = { ...last, heartbeatAt: Date.now() }
      tell()
    },
    goesOn(phase, change = {}) {
      last = { ...last, ...change, phase, heartbeatAt: Date.now() }
      tell()
    },
    measured(differing) {
      lengths = differing
      this.add('length_differs')
    },
    forgetEarlier() {
      remembered = []
    },
    codes,
    ytdlpVersion: () => last.ytdlpVersion,
  }
}

interface Kept extends Partial<Pick<FileEntry, 'announcedSeconds' | 'durationSeconds'>> {
  readonly warnings?: readonly WarningCode[]
  readonly ytdlpVersion?: string | undefined
}

/** Tells the warnings of a file that is known, and which yt-dlp fetched it. Says nothing, and so costs nothing, where there are none. */
export function tellKept(report: Report, kept: Kept): void {
  if ((kept.warnings ?? []).length > 0 || kept.ytdlpVersion !== undefined) report(progressAtTheEnd(kept))
}

/** Where a job stands whose file is there, with all that is reported of that file. */
export function progressAtTheEnd({
  warnings = [],
  announcedSeconds,
  durationSeconds,
  ytdlpVersion,
}: Kept): JobProgress {
  const differing =
    announcedSeconds !== undefined && durationSeconds != null
      ? { lengths: { announced: announcedSeconds, measured: durationSeconds } }
      : {}
  return {
    ...AT_THE_END,
    heartbeatAt: Date.now(),
    ...(warnings.length > 0 && { warnings: [...warnings] }),
    ...(ytdlpVersion !== undefined && { ytdlpVersion }),
    ...differing,
  }
}

const AT_THE_END = {
  fraction: 0.98,
  phase: 'finalizing',
  downloadedBytes: null,
  totalBytes: null,
  bytesPerSecond: null,
  etaSeconds: null,
  heartbeatAt: 0,
} as const satisfies JobProgress
