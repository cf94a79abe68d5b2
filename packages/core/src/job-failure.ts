/** Why a job ended badly: one rule per code, and the error that carries it through the queue. */
import type { FailureCode } from '@video-scraper/contracts'

interface FailureRule {
  /** The queue tries again by itself, and a client may. */
  readonly retryable: boolean
  /** For people. Says what happened. Holds nothing from the source. */
  readonly message: string
  /** For people, who may be the client or whoever runs this service: what to do about it. */
  readonly nextStep: string
}

export const failureRules = {
  unsupported_url: {
    retryable: false,
    message: 'No video was found at this address, or the site is not supported.',
    nextStep: 'Check the address: it must lead to a video. GET /platforms lists the sites that are known.',
  },
  video_unavailable: {
    retryable: false,
    message: 'Video unavailable. It was removed, or it never existed.',
    nextStep: 'Open the address in a browser. If the video plays there without signing in, try again later.',
  },
  format_unavailable: {
    retryable: false,
    message: 'The requested format does not exist for this video. Ask POST /info for its formats.',
    nextStep: 'Start a download with one of the formats that POST /info lists, or without format_id.',
  },
  option_unavailable: {
    retryable: false,
    message: 'The source does not have what the options ask for, and strict allows nothing else.',
    nextStep: 'Ask POST /info which formats there are, change the options, or leave strict out to get the next best.',
  },
  rate_limited: {
    retryable: true,
    message: 'The source is limiting requests. Try again later.',
    nextStep: 'Wait some minutes, then retry the job; ask for fewer videos of this source at a time.',
  },
  forbidden: {
    retryable: true,
    message: 'The source refused access.',
    nextStep: 'Retry the job later. If it never works, the source does not serve this service.',
  },
  bot_check: {
    retryable: false,
    message: 'The source asks to confirm that this is not a bot.',
    nextStep:
      'Ask for the video at another source. Where this one counts requests, fewer of them help; where it shows a challenge, no later attempt passes it.',
  },
  impersonation_missing: {
    retryable: false,
    message: 'The source serves browsers alone, and this service lacks the library that imitates one.',
    nextStep: 'Whoever runs this service can install curl_cffi in the version that its yt-dlp supports.',
  },
  no_captions: {
    retryable: false,
    message:
      'The video has no captions that can be read, or none in the language and of the source that were asked for.',
    nextStep: 'Ask POST /info which subtitles and automatic_captions there are, and change language or source.',
  },
  login_required: {
    retryable: false,
    message: 'The source shows this video only to signed-in users.',
    nextStep:
      'Store the cookies of an account that may watch it as a cookie set and name the set in the request with cookies, or ask for a video that can be watched without signing in.',
  },
  cookies_expired: {
    retryable: false,
    message:
      'The cookies of this job are no longer of use: they have expired, the site has ended their session, or they were deleted.',
    nextStep:
      'Sign in to the site in a private window of a browser, export its cookies, store them again under the name of the same cookie set, then retry the job.',
  },
  age_restricted: {
    retryable: false,
    message: 'The source shows this video only after an age check.',
    nextStep: 'Ask for a video that can be watched without signing in.',
  },
  private_video: {
    retryable: false,
    message: 'The video is private.',
    nextStep: 'Ask its owner to make the video public or unlisted.',
  },
  geo_restricted: {
    retryable: false,
    message: 'The source does not show this video in the region of this service.',
    nextStep: 'Ask for the same video at another source, or use a service in a region where it is shown.',
  },
  drm_protected: {
    retryable: false,
    message: 'The video is protected by DRM and cannot be downloaded.',
    nextStep: 'Ask for a video without copy protection.',
  },
  sabr_only: {
    retryable: true,
    message: 'The source offers this video only as a stream that its own player alone can read (SABR).',
    nextStep:
      'Retry the job later: the source decides anew for each session. If it never works, ask for the video at another source.',
  },
  live_not_supported: {
    retryable: false,
    message: 'Live streams are not supported. Try again when it has ended.',
    nextStep: 'Wait until the stream has ended, then retry the job.',
  },
  live_not_started: {
    retryable: false,
    message: 'The stream has not started yet.',
    nextStep:
      'Look at starts_at: it says when the stream begins, where the source says so. Ask again after that, or with wait_for_start, and the job waits for it. A stream is not recorded while it runs, so a download also waits for its end.',
  },
  blocked_target: {
    retryable: false,
    message: 'The address, or one it leads to, is not allowed as a target.',
    nextStep: 'Use a public address. Whoever runs this service can allow others with EGRESS_ALLOW.',
  },
  exit_unavailable: {
    retryable: true,
    message: 'No exit of this service through which the source may be asked can be used at the moment.',
    nextStep:
      'Retry the job later, or without country. Whoever runs this service finds in the log of the worker which exit failed.',
  },
  file_too_large: {
    retryable: false,
    message: 'The video is larger than this service, or max_filesize, allows.',
    nextStep: 'Choose a smaller format or quality: POST /info lists the formats with their sizes.',
  },
  disk_full: {
    retryable: true,
    message: 'The service has no space for the file at the moment. Try again later.',
    nextStep: 'Retry the job later. Whoever runs this service can free disk space or lower RETENTION_HOURS.',
  },
  quota_exceeded: {
    retryable: false,
    message: 'The file does not fit into what you may keep here.',
    nextStep: 'Delete files, or wait until some have expired; then start the download again.',
  },
  network_error: {
    retryable: true,
    message: 'Network error. The source could not be reached, or broke off.',
    nextStep: 'Check that the address works in a browser, then retry the job.',
  },
  bad_certificate: {
    retryable: false,
    message:
      'The secure connection to the source cannot be trusted: its certificate has expired, is for another name, or comes from an authority that this service does not know, or the port does not speak TLS.',
    nextStep:
      'Check the address, above all its port. Whoever runs this service can add an authority with EGRESS_CA_FILE; only the source can renew its certificate.',
  },
  timeout: {
    retryable: true,
    message: 'The job took longer than this service allows.',
    nextStep: 'Retry the job: a download continues where it stopped. Otherwise choose a smaller format.',
  },
  stalled: {
    retryable: true,
    message: 'The source stopped sending data.',
    nextStep: 'Retry the job: a download continues where it stopped.',
  },
  cpu_limit_exceeded: {
    retryable: false,
    message: 'The video needs more processor time than this service allows.',
    nextStep: 'Choose a smaller format. Whoever runs this service can raise JOB_CPU_SECONDS or INFO_CPU_SECONDS.',
  },
  memory_limit_exceeded: {
    retryable: false,
    message: 'The video needs more memory than this service allows.',
    nextStep: 'Choose another format. Whoever runs this service can raise JOB_MEMORY_BYTES.',
  },
  transcode_limit: {
    retryable: false,
    message:
      'Encoding the video again takes more processor time, memory, space or time than this service, or max_filesize, allows, or is switched off here.',
    nextStep:
      'Ask for a lower quality, or leave strict or transcode out to get the file as the source has it. Whoever runs this service can raise TRANSCODE_CPU_SECONDS and TRANSCODE_CONCURRENCY.',
  },
  extractor_broken: {
    retryable: false,
    message: 'The site could not be read. It has probably changed; a newer yt-dlp may support it.',
    nextStep: 'Retry the job after this service has been given a newer yt-dlp.',
  },
  postprocessing_failed: {
    retryable: true,
    message: 'The downloaded parts could not be put together.',
    nextStep: 'Retry the job, or choose a single format that holds both video and sound.',
  },
  invalid_media: {
    retryable: true,
    message: 'What the source sent is not a playable video or audio file.',
    nextStep: 'Choose another format: POST /info lists them.',
  },
  delivery_blocked: {
    retryable: false,
    message: 'The address of put_url is not allowed as a target.',
    nextStep:
      'Ask for the download again with a put_url at a public address. Whoever runs this service can allow others with EGRESS_ALLOW.',
  },
  delivery_refused: {
    retryable: false,
    message: 'The store at put_url refused the file.',
    nextStep:
      'Sign a new put_url for the method PUT, which is valid long enough, is signed for no other Content-Type than that of the file, and answers without a redirect; then ask for the download again.',
  },
  delivery_failed: {
    retryable: true,
    message:
      'The file could not be delivered to put_url: its store could not be reached, broke off, took too long, or answered with an error.',
    nextStep:
      'Check that the store can be reached from this service and that its certificate is valid, then ask for the download again with a new put_url.',
  },
  job_expired: {
    retryable: false,
    message: 'The job had not ended within expires_in, the time that its request gave it.',
    nextStep: 'Ask again with a longer expires_in, or without it.',
  },
  worker_crashed: {
    retryable: false,
    message: 'The job was started several times and the worker died each time.',
    nextStep: 'Retry the job once. If it happens again, tell whoever runs this service.',
  },
  internal_error: {
    retryable: true,
    message: 'Something went wrong on our side.',
    nextStep: 'Retry the job. If it happens again, tell whoever runs this service the id of the job.',
  },
} as const satisfies Record<FailureCode, FailureRule>

const isFailureCode = (word: string): word is FailureCode => Object.hasOwn(failureRules, word)

interface JobFailureOptions {
  /** For the log only; it may hold anything. */
  cause?: unknown
  /** How long the source asked us to wait, in milliseconds. */
  retryAfterMs?: number
  /** Of `live_not_started`: when the stream begins, as the source says, in epoch milliseconds. */
  startsAt?: number
  /** Whether the queue tries again, where that differs from the rule of the code. */
  retryable?: boolean
}

/** A failure with a name. Its message is `code: sentence`, so the code survives BullMQ, which keeps only a string. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
  readonly code: FailureCode
  readonly retryAfterMs: number | undefined
  readonly startsAt: number | undefined
  readonly retryable: boolean

  constructor(code: FailureCode, { cause, retryAfterMs, startsAt, retryable }: JobFailureOptions = {}) {
    super(`${code}: ${failureRules[code].message}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.startsAt = startsAt
    this.retryable = retryable ?? failureRules[code].retryable
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
