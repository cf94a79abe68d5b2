/** The examples of the OpenAPI document, close to those of the specification. */
import { API_PREFIX, requestErrors } from '@video-scraper/contracts'
import { failureRules, warningSentences } from '@video-scraper/core'

const JOB_ID = '6f1c2f0e-3b5a-4c39-9d55-0f6f3f1f7a10'
const DOWNLOAD_ID = 'download_0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const URL = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
const FILE = 'never-gonna-give-you-up-0a1b2c3d4e5f60718293a4b5c6d7e8f9.mp4'
const SHA256 = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'

const ended = {
  url: URL,
  attempts: 1,
  created_at: '2026-05-01T12:34:50.000Z',
  started_at: '2026-05-01T12:34:51.000Z',
  finished_at: '2026-05-01T12:34:56.000Z',
}
const underWay = { ...ended, finished_at: null }
/** Of a job with `expires_in: 900` that waited for its second attempt when its time was over. */
const expired = {
  code: 'job_expired',
  retryable: failureRules.job_expired.retryable,
  next_step: failureRules.job_expired.nextStep,
  last_error: { code: 'network_error', error: failureRules.network_error.message },
  ...ended,
  job_expires_at: '2026-05-01T12:49:50.000Z',
  finished_at: '2026-05-01T12:49:50.412Z',
} as const

const videoInfo = {
  title: 'Never Gonna Give You Up',
  uploader: 'Rick Astley',
  duration: 212,
  thumbnail: 'https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg',
  webpage_url: URL,
  formats: [
    {
      format_id: '22',
      format_note: '720p',
      ext: 'mp4',
      filesize: 19321772,
      filesize_approx: null,
      protocol: 'https',
      vcodec: 'avc1.64001F',
      acodec: 'mp4a.40.2',
      width: 1280,
      height: 720,
      fps: 25,
      tbr: 729.1,
      language: null,
      dynamic_range: null,
      audio_channels: null,
    },
  ],
  id: 'dQw4w9WgXcQ',
  description: null,
  extractor: 'youtube',
  upload_date: '20091025',
  view_count: null,
  age_limit: 0,
  live_status: 'not_live',
  playlist_count: null,
  channel: null,
  channel_id: null,
  channel_url: null,
  chapters: [],
  subtitles: [],
  automatic_captions: [],
  thumbnails: [],
  best: [],
}

const file = {
  filename: FILE,
  size_bytes: 19321772,
  title: 'Never Gonna Give You Up',
  media_type: 'video/mp4',
  duration: 212,
  sha256: SHA256,
  expires_at: '2026-05-02T12:34:56.000Z',
}

/** The same file, as one of the files of its download. */
const files = [
  {
    filename: FILE,
    role: 'media',
    language: null,
    automatic: false,
    size_bytes: file.size_bytes,
    media_type: file.media_type,
    sha256: SHA256,
    download_url: `${API_PREFIX}/download/${FILE}`,
    expired: false,
  },
]

const apiKey = {
  id: '4Tq0ZxW8hLr2',
  name: 'media server',
  status: 'active',
  scopes: ['read', 'write'],
  allowed_addresses: ['10.0.0.0/8'],
  limits: { requests_per_minute: 120, unfinished_downloads: 5, storage_bytes: null },
  created_at: '2026-05-01T12:34:50.000Z',
  expires_at: '2027-05-01T00:00:00.000Z',
  revoked_at: null,
  last_used_at: '2026-05-01T13:00:00.000Z',
  previous_valid_until: null,
}
/** Of the right length and with a wrong checksum: nobody's scanner shall take it for a key. */
const issued = { key: `vsk_4Tq0ZxW8hLr2_${'0'.repeat(38)}` }

/** Bodies that are sent as they stand by who tries the page of the documentation: nobody's callback, no key, no date. */
const requests = {
  one: { url: URL },
  several: { urls: [URL, 'https://vimeo.com/76979871'] },
}
const downloadRequests = {
  ...requests,
  quality: { url: URL, quality: '720p' },
  sound: { url: URL, media: 'audio', audio_format: 'mp3' },
  remembered: { url: URL, metadata: { order: '4711' } },
  exactly: { url: URL, quality: '1080p', video_codec: 'h264', audio_language: 'en', strict: true },
}

export const examples = {
  requests,
  downloadRequests,
  keyRequests: {
    create: { key: { name: 'media server', scopes: ['read', 'write'] } },
    update: { name: { name: 'media server in the cellar' } },
  },
  status: {
    service: 'TechSaaS Video Scraper',
    version: '1.0.0',
    status: 'operational',
    queue: 'reachable',
    workers: 'alive',
    engine: {
      ok: true,
      checked_at: '2026-05-01T12:34:50.000Z',
      failed_checks: [],
      ytdlp_version: '2026.10.26',
      ytdlp_age_days: 34,
      curl_cffi_version: '0.17.0',
      deno_version: '2.9.8',
      ffmpeg_version: 'n9.0.2',
      po_token_provider: 'none',
    },
  },
  platforms: [{ name: 'YouTube', domain: 'youtube.com', support_level: 'full' }],
  infoAccepted: { job_id: JOB_ID, status: 'processing', message: 'Video information extraction in progress' },
  downloadAccepted: {
    status: 'download_started',
    download_id: DOWNLOAD_ID,
    message: 'Download started in background. Check status with the download ID.',
  },
  info: {
    processing: {
      job_id: JOB_ID,
      status: 'processing',
      progress: 0.1,
      message: 'Extracting video info...',
      heartbeat_at: '2026-05-01T12:34:55.000Z',
      kind: 'info',
      ...underWay,
    },
    completed: {
      job_id: JOB_ID,
      status: 'completed',
      video_info: videoInfo,
      cached: false,
      extracted_at: '2026-05-01T12:34:55.000Z',
      kind: 'info',
      ...ended,
    },
    failed: {
      job_id: JOB_ID,
      status: 'failed',
      error: 'Unable to extract video information: Video unavailable. It was removed, or it never existed.',
      code: 'video_unavailable',
      retryable: false,
      next_step: failureRules.video_unavailable.nextStep,
      kind: 'info',
      ...ended,
    },
    expired: {
      job_id: JOB_ID,
      status: 'failed',
      error: `Unable to extract video information: ${failureRules.job_expired.message}`,
      kind: 'info',
      ...expired,
    },
    cancelled: { job_id: JOB_ID, status: 'cancelled', message: 'Job cancelled', kind: 'info', ...ended },
  },
  download: {
    in_progress: {
      status: 'in_progress',
      progress: 0.45,
      status_message: 'Downloading: 45% complete',
      phase: 'downloading',
      downloaded_bytes: 8694797,
      total_bytes: 19321772,
      speed_bytes_per_second: 2400000,
      eta_seconds: 4,
      heartbeat_at: '2026-05-01T12:34:55.000Z',
      last_error: { code: 'network_error', error: failureRules.network_error.message },
      next_attempt_at: null,
      warnings: [{ code: 'formats_missing', message: warningSentences.formats_missing }],
      download_id: DOWNLOAD_ID,
      format_id: '22',
      kind: 'download',
      ...underWay,
    },
    completed: {
      status: 'completed',
      download_url: `${API_PREFIX}/download/${FILE}`,
      ...file,
      expired: false,
      files,
      archive_url: `${API_PREFIX}/status/${DOWNLOAD_ID}/files.zip`,
      cached: false,
      download_id: DOWNLOAD_ID,
      format_id: '22',
      kind: 'download',
      ...ended,
    },
    failed: {
      status: 'failed',
      error: 'Download failed: Network error. The source could not be reached, or broke off.',
      code: 'network_error',
      retryable: true,
      next_step: failureRules.network_error.nextStep,
      download_id: DOWNLOAD_ID,
      format_id: null,
      kind: 'download',
      ...ended,
      attempts: 3,
    },
    expired: {
      status: 'failed',
      error: `Download failed: ${failureRules.job_expired.message}`,
      download_id: DOWNLOAD_ID,
      format_id: null,
      options: { expires_in: 900 },
      kind: 'download',
      ...expired,
    },
    cancelled: {
      status: 'cancelled',
      message: 'Download cancelled',
      download_id: DOWNLOAD_ID,
      format_id: null,
      kind: 'download',
      ...ended,
    },
  },
  cancelled: { job_id: JOB_ID, status: 'cancelled', message: 'Job cancelled successfully' },
  archiveLink: {
    url: `${API_PREFIX}/status/${DOWNLOAD_ID}/files.zip?signature=v1.k1.1777642496.${'Zm9v'.repeat(10)}YmE`,
    expires_at: '2026-05-01T13:34:56.000Z',
  },
  fileLink: {
    url: `${API_PREFIX}/download/${FILE}?signature=v1.k1.1777642496.${'Zm9v'.repeat(10)}YmE`,
    expires_at: '2026-05-01T13:34:56.000Z',
  },
  jobSelections: {
    cancel: {
      ofAnOrder: { metadata: { order: '4711' } },
      waitingInfoJobs: { kind: 'info', status: 'processing' },
    },
    delete: {
      ofAnOrder: { metadata: { order: '4711' } },
      failedBefore: { status: 'failed', created_before: '2026-05-01T00:00:00Z' },
    },
  },
  cancelledJobs: {
    cancelled: [JOB_ID],
    refused: [
      {
        id: DOWNLOAD_ID,
        error: requestErrors.job_being_published.message,
        status_code: 409,
        code: 'job_being_published',
      },
    ],
    next_cursor: null,
  },
  deletedJobs: { deleted: [JOB_ID, DOWNLOAD_ID], refused: [], next_cursor: null },
  downloads: [
    {
      ...file,
      created: '2026-05-01T12:34:56',
      url: `${API_PREFIX}/download/${FILE}`,
      created_at: '2026-05-01T12:34:56.000Z',
      source_url: URL,
      download_id: DOWNLOAD_ID,
      role: 'media',
      language: null,
      files,
    },
  ],
  playlistEntries: {
    entries: [
      {
        position: 1,
        url: 'https://vimeo.com/76979871',
        title: 'The New Vimeo Player',
        job_id: 'download_0a1b2c3d4e5f60718293a4b5c6d7e8f9',
        status_url: `${API_PREFIX}/status/download_0a1b2c3d4e5f60718293a4b5c6d7e8f9`,
        state: 'completed',
      },
      {
        position: 2,
        url: 'https://vimeo.com/76979871',
        title: 'The New Vimeo Player',
        job_id: null,
        status_url: null,
        state: 'skipped',
        skip_code: 'duplicate',
      },
    ],
    next_cursor: '2',
  },
  jobs: {
    jobs: [
      {
        id: JOB_ID,
        kind: 'info',
        status: 'completed',
        progress: 1,
        url: URL,
        status_url: `${API_PREFIX}/job/${JOB_ID}`,
        created_at: ended.created_at,
        started_at: ended.started_at,
        finished_at: ended.finished_at,
      },
    ],
    next_cursor: null,
  },
  apiKey,
  revokedKey: { ...apiKey, status: 'revoked', revoked_at: '2026-06-01T08:00:00.000Z' },
  createdKey: { ...apiKey, last_used_at: null, ...issued },
  rotatedKey: { ...apiKey, previous_valid_until: '2026-05-02T12:34:56.000Z', ...issued },
  keys: { keys: [apiKey], next_cursor: null },
} as const
