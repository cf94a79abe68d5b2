/** What is known of a failure, and the questions that the rules ask about it. */
import type { FailureCode } from '@video-scraper/contracts'
import type { ErrorLink } from './event-parts.ts'
import { namesIn, ownWords } from './own-words.ts'

export interface ErrorReport {
  /** Holds text of the source, so it decides nothing that matters to anybody else. */
  readonly message: string
  readonly chain: readonly ErrorLink[]
  /** What was asked for. Its parts stand in messages as names, and decide nothing. */
  readonly address: string
  /** The client named a format. Otherwise its absence is not the client's mistake. */
  readonly formatRequested: boolean
  /** The egress proxy refused an address during this job, which need not be why it failed. */
  readonly blocked: boolean
  /** The egress proxy cut the job off at its byte limit. */
  readonly exceeded: boolean
  /** yt-dlp warned that it would have asked as a browser, and cannot. */
  readonly impersonationMissing: boolean
  /** The extractor warned that formats have no address, since the source has streams for its own player alone. */
  readonly sabrOnly: boolean
  /** Cookies were sent; `refused`: and yt-dlp said that the site does not take them. Not given: there were none. */
  readonly cookies?: 'given' | 'refused'
  readonly nowMs: number
}

export interface Facts {
  readonly report: ErrorReport
  readonly classes: ReadonlySet<string>
  /** Of the answer that came last; null where there was none. */
  readonly status: number | null
  readonly errnos: ReadonlySet<number>
  /** What yt-dlp or its extractor says, in its own words. */
  readonly text: string
}

export type Rule = readonly [code: FailureCode, holds: (facts: Facts) => boolean]

export const raised =
  (...names: string[]) =>
  ({ classes }: Facts): boolean =>
    names.some((name) => classes.has(name))
export const answered =
  (holds: (status: number) => boolean) =>
  ({ status }: Facts): boolean =>
    status !== null && holds(status)
/** yt-dlp's sentence is that there was this answer, so it holds no other reason. */
export const saysStatus =
  (holds: (status: number) => boolean) =>
  (facts: Facts): boolean =>
    /HTTP Error \d{3}/.test(facts.text) && answered(holds)(facts)
export const broke =
  (...errnos: number[]) =>
  (facts: Facts): boolean =>
    errnos.some((errno) => facts.errnos.has(errno))
export const says =
  (pattern: RegExp) =>
  ({ text }: Facts): boolean =>
    pattern.test(text)

/** The failure is the refusal itself; a fragment's is reported in words alone. Without a refusal, words prove nothing. */
export const refusedByProxy = ({ report, text }: Facts): boolean =>
  report.blocked && (report.chain.some(({ refused }) => refused) || /\b403:? egress denied/.test(text))
/** Nothing is left. Where the client named a format, others may well be there. */
export const hasNoFormats = ({ report, text }: Facts): boolean =>
  /No video formats found/i.test(text) || (!report.formatRequested && /Requested format is not available/i.test(text))
/** What could not be asked for is then most likely what is missing. */
export const nothingLeftToTake = (facts: Facts): boolean =>
  facts.report.blocked &&
  (facts.classes.has('NothingFound') || facts.classes.has('UnsupportedError') || hasNoFormats(facts))

/** What our own files can meet: EPERM, ENOENT, EIO, EACCES, EEXIST, ENOTDIR, EISDIR, ENFILE, EMFILE, EROFS, ENAMETOOLONG. */
const FILE_ERRNOS = [1, 2, 5, 13, 17, 20, 21, 23, 24, 30, 36] as const

/** A file of ours could not be written or read. Where a connection failed, the number is the connection's. */
export const failedOnFiles = (facts: Facts): boolean =>
  broke(...FILE_ERRNOS)(facts) && !raised('TransportError', 'HTTPError', 'ProxyError')(facts)

/** OpenSSL's reasons that another attempt does not change. A connection that only breaks off has others. */
const FINAL_TLS_REASONS: ReadonlySet<string> = new Set([
  'CERTIFICATE_VERIFY_FAILED',
  'DH_KEY_TOO_SMALL',
  'EE_KEY_TOO_SMALL',
  'HTTP_REQUEST',
  'HTTPS_PROXY_REQUEST',
  'NO_PROTOCOLS_AVAILABLE',
  'PACKET_LENGTH_TOO_LONG',
  // What OpenSSL 3.2 and later say of an answer that is no TLS, for which others say WRONG_VERSION_NUMBER.
  'RECORD_LAYER_FAILURE',
  'SSLV3_ALERT_HANDSHAKE_FAILURE',
  'TLSV1_ALERT_PROTOCOL_VERSION',
  'TLSV1_UNRECOGNIZED_NAME',
  'TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'UNKNOWN_PROTOCOL',
  'UNSAFE_LEGACY_RENEGOTIATION_DISABLED',
  'UNSUPPORTED_PROTOCOL',
  'WRONG_VERSION_NUMBER',
])
export const isFinalForTls = ({ report }: Facts): boolean =>
  report.chain.some(({ tls }) => tls !== null && FINAL_TLS_REASONS.has(tls))

export const factsOf = (report: ErrorReport): Facts => ({
  report,
  classes: new Set(report.chain.map((link) => link.class)),
  status: report.chain.find(({ status }) => status !== null)?.status ?? null,
  errnos: new Set(report.chain.map((link) => link.errno).filter((errno) => errno !== null)),
  text: wordsOf(report),
})

/** What the extractor says, where one says anything: the message around it begins with its name and the video's id. */
function wordsOf({ message, chain, address }: ErrorReport): string {
  const ids = chain.map(({ videoId }) => videoId).filter((id) => id !== null)
  const sentence = chain.find((link) => link.message !== null)?.message ?? message
  return ownWords(sentence, [...ids, ...namesIn(address)])
}
