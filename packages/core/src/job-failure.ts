/** Why a job ended badly: one rule per code, and the error that carries it through the queue. */
import type { FailureCode } from '@video-scraper/contracts'

interface FailureRule {
  /** The queue tries again by itself, and a client may. */
  readonly retryable: boolean
  /** For people. Says what happened and, where there is something, what to do. Holds nothing from the source. */
  readonly message: string
}

export const failureRules = {
  unsupported_url: { retryable: false, message: 'No video was found at this address, or the site is not supported.' },
  video_unavailable: { retryable: false, message: 'Video unavailable. It was removed, or it never existed.' },
  format_unavailable: {
    retryable: false,
    message: 'The requested format does not exist for this video. Ask POST /info for its formats.',
  },
  rate_limited: { retryable: true, message: 'The source is limiting requests. Try again later.' },
  forbidden: { retryable: true, message: 'The source refused access.' },
  bot_check: { retryable: false, message: 'The source asks to confirm that this is not a bot. Try again much later.' },
  login_required: { retryable: false, message: 'The source shows this video only to signed-in users.' },
  age_restricted: { retryable: false, message: 'The source shows this video only after an age check.' },
  private_video: { retryable: false, message: 'The video is private.' },
  geo_restricted: { retryable: false, message: 'The source does not show this video in the region of this service.' },
  drm_protected: { retryable: false, message: 'The video is protected by DRM and cannot be downloaded.' },
  live_not_supported: { retryable: false, message: 'Live streams are not supported. Try again when it has ended.' },
  live_not_started: { retryable: false, message: 'The stream has not started yet.' },
  blocked_target: { retryable: false, message: 'The address, or one it leads to, is not allowed as a target.' },
  file_too_large: { retryable: false, message: 'The video is larger than this service allows.' },
  disk_full: { retryable: true, message: 'The service has no room for the file at the moment. Try again later.' },
  network_error: { retryable: true, message: 'Network error. The source could not be reached, or broke off.' },
  timeout: { retryable: true, message: 'The job took longer than this service allows.' },
  stalled: { retryable: true, message: 'The source stopped sending data.' },
  extractor_broken: {
    retryable: false,
    message: 'The site could not be read. It has probably changed; a newer yt-dlp may support it.',
  },
  postprocessing_failed: { retryable: true, message: 'The downloaded parts could not be put together.' },
  invalid_media: { retryable: true, message: 'What the source sent is not a playable video or audio file.' },
  worker_crashed: { retryable: false, message: 'The job was started several times and the worker died each time.' },
  internal_error: { retryable: true, message: 'Something went wrong on our side.' },
} as const satisfies Record<FailureCode, FailureRule>

const isFailureCode = (word: string): word is FailureCode => Object.hasOwn(failureRules, word)

interface JobFailureOptions {
  /** For the log only; it may hold anything. */
  cause?: unknown
  /** How long the source asked us to wait, in milliseconds. */
  retryAfterMs?: number
}

/** A failure with a name. Its message is `code: sentence`, so the code survives BullMQ, which keeps only a string. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
  readonly code: FailureCode
  readonly retryAfterMs: number | undefined

  constructor(code: FailureCode, { cause, retryAfterMs }: JobFailureOptions = {}) {
    super(`${code}: ${failureRules[code].message}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryAfterMs = retryAfterMs
  }

  get retryable(): boolean {
    return failureRules[this.code].retryable
  }
}

/** Reads the code back from what BullMQ kept. Its own words, such as those of a stalled job, are a crashed worker. */
export function failureCodeOf(failedReason: string): FailureCode {
  const word = failedReason.split(':', 1)[0] ?? ''
  if (isFailureCode(word)) return word
  return failedReason.includes('stalled') ? 'worker_crashed' : 'internal_error'
}

/** Gives any thrown thing its name. A full disk shows wherever a file is written, so it is known here. */
export function failureOf(error: unknown): JobFailure {
  if (error instanceof JobFailure) return error
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return new JobFailure(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'internal_error', { cause: error })
}
