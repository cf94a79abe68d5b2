/** Names what went wrong: by what the exceptions know, and only where they know nothing by what they say. */
import type { FailureCode } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import {
  answered,
  broke,
  type ErrorReport,
  type Facts,
  factsOf,
  failedOnFiles,
  hasNoFormats,
  isFinalForTls,
  nothingLeftToTake,
  type Rule,
  raised,
  refusedByProxy,
  says,
  saysStatus,
} from './failure-facts.ts'
import { retryAfterOf, startOf } from './source-times.ts'

const ENOMEM = 12
const EFBIG = 27
const ENOSPC = 28
const EDQUOT = 122

/** There is a page, and it was read. */
const NOTHING_TO_SEE =
  /(doesn.t|does not) contain (a|any) (video|track)|no (supported media found|video( could be found)?) in this post|no media found|not have any videos/i
const NO_PERMISSION = /do(es)? not have (access|permission)/i

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
  ['unsupported_url', says(NOTHING_TO_SEE)],
  // It plays only within a page that embeds it.
  ['unsupported_url', says(/without embedding URL/i)],
  ['impersonation_missing', says(/attempting impersonation|browser impersonation|impersonation dependency/i)],
  ['impersonation_missing', ({ report, status }) => report.impersonationMissing && status === 403],
  ['bot_check', ({ report }) => report.chain.some(({ challenged }) => challenged)],
  ['bot_check', says(/confirm you.{1,3}re not a bot|captcha|anti-bot|IP is likely|IP address is (blocked|unable)/i)],
  ['bot_check', says(/client challenge|challenge data|solve JS challenge/i)],
  ['rate_limited', answered((status) => status === 429)],
  ['network_error', answered((status) => status >= 500 && status !== 999)],
  ['geo_restricted', saysStatus((status) => status === 451)],
  ['login_required', saysStatus((status) => status === 401)],
  ['video_unavailable', saysStatus((status) => status === 404 || status === 410)],
  // 999 is no status of HTTP; a well-known site uses it to refuse machines.
  ['forbidden', saysStatus((status) => status === 403 || status === 999)],
  // An answer that the extractor read although it was a refusal.
  ['forbidden', says(/HTTP Error 403 Forbidden/i)],
  ['video_unavailable', saysStatus((status) => status >= 400)],
  ['rate_limited', says(/rate-limited by|try again later|play limit/i)],
  ['age_restricted', says(/confirm your age|age[- ]restricted|inappropriate for some users|age verified/i)],
  ['private_video', says(/private (video|playlist)|is private|not been made available to anyone/i)],
  ['private_video', says(/password[- ]protected|protected by a (password|passcode)/i)],
  ['geo_restricted', raised('GeoRestrictedError')],
  ['geo_restricted', answered((status) => status === 451)],
  [
    'geo_restricted',
    says(/geo.?restrict|(not (made this video )?|un)available (in|from) your (country|location)|want to use a VPN/i),
  ],
  ['login_required', answered((status) => status === 401)],
  [
    'login_required',
    says(
      /registered users|sign in|log ?in\b|members[- ]only|subscribers?\b|premium|purchase|is paid\b|is locked|--cookies/i,
    ),
  ],
  ['login_required', says(NO_PERMISSION)],
  ['live_not_started', raised('UserNotLive', 'NotStarted')],
  ['live_not_started', says(/not (yet )?started|not currently live|live event will begin|premieres? in|begin in/i)],
  ['live_not_started', says(/is currently (offline|away)|event is scheduled for/i)],
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
  const facts = factsOf(report)
  const code = withCookiesCode(rules.find(([, holds]) => holds(facts))?.[0] ?? 'internal_error', facts)
  const retryAfterMs = retryAfterOf(report)
  const startsAt = code === 'live_not_started' ? startOf(report) : undefined
  return new JobFailure(code, {
    cause: { message: withoutAdvice(report.message), chain: report.chain },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(startsAt === undefined ? {} : { startsAt }),
  })
}

/** yt-dlp asks its users to report what looks like a fault of its own. Whoever reads our log is not its user. */
const withoutAdvice = (message: string): string => message.replace(/; please report this issue on.*$/s, '')

/** What a site shows to somebody whom it takes for signed out. */
const SIGNED_OUT: ReadonlySet<FailureCode> = new Set([
  'login_required',
  'age_restricted',
  'private_video',
  'bot_check',
  'forbidden',
])
/** Being signed in is not enough: the account itself may not see the video. */
const ACCOUNT_LACKS =
  /members[- ]only|subscri|premium|purchase|is paid\b|is locked|do(es)? not have (access|permission)/i

/** Whoever is asked to sign in although cookies were sent has cookies that are no longer taken. */
function withCookiesCode(code: FailureCode, { report: { cookies }, text }: Facts): FailureCode {
  if (cookies === 'refused' && SIGNED_OUT.has(code)) return 'cookies_expired'
  return cookies === 'given' && code === 'login_required' && !ACCOUNT_LACKS.test(text) ? 'cookies_expired' : code
}
