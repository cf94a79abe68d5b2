/** What an attempt did without, kept beside its answer: whoever is given the same answer later is told the same. */
import type { JobProgress, WarningCode } from '@video-scraper/contracts'

type Report = (progress: JobProgress) => void

export interface HeardWarnings {
  /** Passes progress on, with the warnings of what the attempt builds on. */
  readonly report: Report
  /** Adds what was found out without the engine, and tells it. */
  add(code: WarningCode): void
  /** What the attempt was built on led to nothing, so its warnings do not hold. */
  forgetEarlier(): void
  /** All so far, each once. */
  codes(): WarningCode[]
}

/** `earlier`: of the extraction that the attempt starts with. */
export function hearWarnings(report: Report, earlier: readonly WarningCode[] = []): HeardWarnings {
  let remembered = earlier
  let heard: readonly WarningCode[] = []
  const added: WarningCode[] = []
  const codes = () => [...new Set([...remembered, ...heard, ...added])]
  return {
    report(progress) {
      heard = progress.warnings ?? []
      const all = codes()
      report(all.length === 0 ? progress : { ...progress, warnings: all })
    },
    add(code) {
      added.push(code)
      tellKept(report, codes())
    },
    forgetEarlier() {
      remembered = []
    },
    codes,
  }
}

/** Tells the warnings of an answer that was at hand. Says nothing, and so costs nothing, where there are none. */
export function tellKept(report: Report, warnings: readonly WarningCode[] = []): void {
  if (warnings.length === 0) return
  report({ ...AT_HAND, heartbeatAt: Date.now(), warnings: [...warnings] })
}

const AT_HAND = {
  fraction: 0.98,
  phase: 'finalizing',
  downloadedBytes: null,
  totalBytes: null,
  bytesPerSecond: null,
  etaSeconds: null,
} as const satisfies Omit<JobProgress, 'heartbeatAt'>
