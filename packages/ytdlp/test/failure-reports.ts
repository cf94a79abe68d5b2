/** Reports of yt-dlp's errors for tests: what is known of one, and nothing else. */
import type { ErrorLink } from '../src/event-parts.ts'
import type { ErrorReport } from '../src/failure-facts.ts'

export const link = (name: string, known: Partial<ErrorLink> = {}): ErrorLink => ({
  class: name,
  expected: null,
  extractor: null,
  status: null,
  errno: null,
  message: null,
  videoId: null,
  tls: null,
  retryAfter: null,
  startsAt: null,
  refused: false,
  noAddress: false,
  challenged: false,
  postprocessing: false,
  ...known,
})

export const report = (known: Partial<ErrorReport>): ErrorReport => ({
  message: '',
  chain: [],
  address: 'https://a.example/watch',
  formatRequested: false,
  blocked: false,
  exceeded: false,
  sabrOnly: false,
  impersonationMissing: false,
  nowMs: Date.parse('2026-01-01T00:00:00Z'),
  ...known,
})

export const expectedError = [link('DownloadError'), link('ExtractorError', { expected: true })]
