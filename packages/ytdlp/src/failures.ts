/** Names what went wrong: by what the exceptions know, and only where they know nothing by what they say. */
import type { FailureCode } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { ErrorLink } from './events.ts'
import { namesIn, ownWords } from './own-words.ts'
import { retryAfterOf, startOf } from './source-times.ts'

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

interface Facts {
  readonly report: ErrorReport
  readonly classes: ReadonlySet<string>
  /** Of the answer that came last; null where there was none. */
  readonly status: number | null
  readonly errnos: ReadonlySet<number>
  /** What yt-dlp or its extractor says, in its own words. */
  readonly text: string
}

type Rule = readonly [code: FailureCode, holds: (facts: Facts) => boolean]

const raised =
  (...names: string[]) =>
  ({ classes }: Facts): boolean =>
    names.some((name) => classes.has(name))
const answered =
  (holds: (status: number) => boolean) =>
  ({ status }: Facts): boolean =>
    status !== null && holds(status)
/** yt-dlp's sentence is that there was this answer, so it holds no other reason. */
const saysStatus =
  (holds: (status: number) => boolean) =>
  (facts: Facts): boolean =>
    /HTTP Error \d{3}/.test(facts.text) && answered(holds)(facts)
const broke =
  (...errnos: number[]) =>
  (facts: Facts): boolean =>
    errnos.some((errno) => facts.errnos.has(errno))
const says =
  (pattern: RegExp) =>
  ({ text }: Facts): boolean =>
    pattern.test(text)

/** The failure is the refusal itself; a fragment's is reported in words alone. Without a refusal, words prove nothing. */
const refusedByProxy = ({ report, text }: Facts): boolean =>
  report.blocked && (report.chain.some(({ refused }) => refused) || /\b403:? egress denied/.test(text))
/** Nothing is left. Where the client named a format, others may well be there. */
const hasNoFormats = ({ report, text }: Facts): boolean =>
  /No video formats found/i.test(text) || (!report.formatRequested && /Requested format is not available/i.test(text))
/** What could not be asked for is then most likely what is missing. */
const nothingLeftToTake = (facts: Facts): boolean =>
  facts.report.blocked &&
  (facts.classes.has('NothingFound') || facts.classes.has('UnsupportedError') || hasNoFormats(facts))

const ENOMEM = 12
const EFBIG = 27
const ENOSPC = 28
const EDQUOT = 122
/** What our own files can meet: EPERM, ENOENT, EIO, EACCES, EEXIST, ENOTDIR, EISDIR, ENFILE, EMFILE, EROFS, ENAMETOOLONG. */
const FILE_ERRNOS = [1, 2, 5, 13, 17, 20, 21, 23, 24, 30, 36] as const

/** A file of ours could not be written or read. Where a connection failed, the number is the connection's. */
const failedOnFiles = (facts: Facts): boolean =>
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
const isFinalForTls = ({ report }: Facts): boolean =>
  report.chain.some(({ tls }) => tls !== null && FINAL_TLS_REASONS.has(tls))

/**
 * The first rule that holds names the failure, so the order matters: what exceptions know goes before what anybody says,
 * and a status that yt-dlp tells before a sentence. A sentence of the extractor says more than the status that led to
 * it: sites answer 403 for every reason. Patterns: research of yt-dlp's and YouTube's own messages.
 */
const rules: readonly Rule[] = [
  ['file_too_large', ({ report }) => report.exceeded],
  ['blocked_target', refusedByProxy],
  ['blocked_target', raised('ProxyRefused')],
  ['memory_limit_exceeded', raised('MemoryError')],
  ['memory_limit_exceeded', broke(ENOMEM)],
  ['disk_full', broke(ENOSPC, EDQUOT)],
  ['file_too_large', broke(EFBIG)],
  ['file_too_large', raised('FileTooLarge')],
  ['internal_error', failedOnFiles],
  ['bad_certificate', raised('CertificateVerifyError', 'SSLCertVerificationError')],
  ['bad_certificate', isFinalForTls],
  ['blocked_target', nothingLeftToTake],
  ['disk_full', raised('NotEnoughDisk')],
  ['quota_exceeded', raised('NotEnoughQuota')],
  ['live_not_supported', raised('RejectedVideoReached')],
  ['drm_protected', raised('ProtectedStream')],
  ['no_captions', raised('NoCaptions')],
  ['unsupported_url', raised('OnlyPicture')],
  ['invalid_media', raised('NoPlaylist')],
  ['video_unavailable', raised('NoSegments')],
  ['drm_protected', says(/\bDRM\b/)],
  [
    'unsupported_url',
    raised(
      'UnsupportedError',
      'DownloaderRefused',
      'UnsupportedRequest',
      'NothingFound',
      'TooManyAddresses',
      'SmuggledData',
    ),
  ],
  // A redirect or a page leads to what is no address of http.
  ['unsupported_url', raised('InvalidSchema', 'MissingSchema', 'InvalidURL', 'LocationParseError', 'UnicodeError')],
  ['unsupported_url', says(/Invalid IPv6 URL/)],
  ['unsupported_url', ({ report }) => report.chain.some(({ noAddress }) => noAddress)],
  [
    'unsupported_url',
    says(/is not a valid URL|No suitable extractor|Unsupported url scheme|website is (not|no longer) supported/i),
  ],
  ['impersonation_missing', says(/attempting impersonation|browser impersonation|impersonation dependency/i)],
  ['impersonation_missing', ({ report, status }) => report.impersonationMissing && status === 403],
  ['bot_check', ({ report }) => report.chain.some(({ challenged }) => challenged)],
  ['bot_check', says(/confirm you.{1,3}re not a bot|captcha|anti-bot|IP is likely/i)],
  ['rate_limited', answered((status) => status === 429)],
  ['network_error', answered((status) => status >= 500 && status !== 999)],
  ['geo_restricted', saysStatus((status) => status === 451)],
  ['login_required', saysStatus((status) => status === 401)],
  ['video_unavailable', saysStatus((status) => status === 404 || status === 410)],
  // 999 is no status of HTTP; a well-known site uses it to refuse machines.
  ['forbidden', saysStatus((status) => status === 403 || status === 999)],
  ['video_unavailable', saysStatus((status) => status >= 400)],
  ['rate_limited', says(/rate-limited by|try again later/i)],
  ['age_restricted', says(/confirm your age|age[- ]restricted|inappropriate for some users|age verified/i)],
  ['private_video', says(/private (video|playlist)|is private/i)],
  ['geo_restricted', raised('GeoRestrictedError')],
  ['geo_restricted', answered((status) => status === 451)],
  [
    'geo_restricted',
    says(/geo.?restrict|not (made this video )?available (in|from) your (country|location)|want to use a VPN/i),
  ],
  ['login_required', answered((status) => status === 401)],
  [
    'login_required',
    says(/registered users|sign in|log ?in\b|members[- ]only|subscribers?\b|premium|purchase|is paid\b|--cookies/i),
  ],
  ['live_not_started', raised('UserNotLive', 'NotStarted')],
  ['live_not_started', says(/not (yet )?started|not currently live|live event will begin|premieres? in|begin in/i)],
  ['video_unavailable', answered((status) => status === 404 || status === 410)],
  ['forbidden', answered((status) => status === 403 || status === 999)],
  ['video_unavailable', answered((status) => status >= 400)],
  ['sabr_only', (facts) => facts.report.sabrOnly && hasNoFormats(facts)],
  [
    'format_unavailable',
    ({ report, text }) => report.formatRequested && /Requested format is not available/i.test(text),
  ],
  ['unsupported_url', says(/Requested format is not available/i)],
  ['extractor_broken', says(/No video formats found/i)],
  ['memory_limit_exceeded', says(/Cannot allocate memory/)],
  ['postprocessing_failed', raised('PostProcessingError', 'FFmpegPostProcessorError')],
  // A killed ffmpeg says nothing, and yt-dlp raises an IndexError over its last words.
  ['postprocessing_failed', ({ report }) => report.chain.some(({ postprocessing }) => postprocessing)],
  ['disk_full', says(/No space left on device/i)],
  [
    'network_error',
    raised('TransportError', 'IncompleteRead', 'SSLError', 'CertificateVerifyError', 'ProxyError', 'HTTPError'),
  ],
  ['network_error', raised('ContentTooShortError', 'TimeoutError', 'ConnectionError', 'ConnectionResetError')],
  [
    'network_error',
    says(/timed out|Failed to resolve|Connection (refused|reset|aborted)|more expected|content too short/i),
  ],
  ['network_error', says(/Did not get any data|downloaded file is empty|fragment \d+ not found/i)],
  ['postprocessing_failed', says(/Postprocessing:|ffmpeg exited|ffmpeg (is )?not (found|installed)/i)],
  [
    'video_unavailable',
    says(/video unavailable|has been removed|not available|no longer available|does not exist|terminated/i),
  ],
  ['extractor_broken', ({ report }) => report.chain.some(({ expected }) => expected === false)],
  // Whatever the extractor expected is the site's own refusal.
  ['video_unavailable', raised('ExtractorError', 'UnavailableVideoError')],
]

/** Gives an error of yt-dlp its name. What nothing is known about is a fault of ours. */
export function failureFrom(report: ErrorReport): JobFailure {
  const facts: Facts = {
    report,
    classes: new Set(report.chain.map((link) => link.class)),
    status: report.chain.find(({ status }) => status !== null)?.status ?? null,
    errnos: new Set(report.chain.map((link) => link.errno).filter((errno) => errno !== null)),
    text: wordsOf(report),
  }
  const code = withCookiesCode(rules.find(([, holds]) => holds(facts))?.[0] ?? 'internal_error', facts)
  const retryAfterMs = retryAfterOf(report)
  const startsAt = code === 'live_not_started' ? startOf(report) : undefined
  return new JobFailure(code, {
    cause: { message: report.message, chain: report.chain },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(startsAt === undefined ? {} : { startsAt }),
  })
}

/** What a site shows to somebody whom it takes for signed out. */
const SIGNED_OUT: ReadonlySet<FailureCode> = new Set([
  'login_required',
  'age_restricted',
  'private_video',
  'bot_check',
  'forbidden',
])
/** Being signed in is not enough: the account itself may not see the video. */
const ACCOUNT_LACKS = /members[- ]only|subscri|premium|purchase|is paid\b/i

/** Whoever is asked to sign in although cookies were sent has cookies that are no longer taken. */
function withCookiesCode(code: FailureCode, { report: { cookies }, text }: Facts): FailureCode {
  if (cookies === 'refused' && SIGNED_OUT.has(code)) return 'cookies_expired'
  return cookies === 'given' && code === 'login_required' && !ACCOUNT_LACKS.test(text) ? 'cookies_expired' : code
}

/** What the extractor says, where one says anything: the message around it begins with its name and the video's id. */
function wordsOf({ message, chain, address }: ErrorReport): string {
  const ids = chain.map(({ videoId }) => videoId).filter((id) => id !== null)
  const sentence = chain.find((link) => link.message !== null)?.message ?? message
  return ownWords(sentence, [...ids, ...namesIn(address)])
}
