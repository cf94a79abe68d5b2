/** Downloads: the file of a video (the specification, "Download Video"). */
import { Download } from '../download.ts'
import { type DownloadResult, filesOf } from '../job-results.ts'
import { downloadOptions } from '../options/table.ts'
import { defineKind, resultOf } from './define-kind.ts'

export const download = defineKind<DownloadResult>()({
  name: 'Download',
  form: 'download',
  ids: 'download_',
  path: 'download',
  operation: {
    id: 'createDownload',
    summary: 'Download a video',
    starts: 'Starts a download.',
    tag: 'downloads',
    tagDescription: 'Download a video, and fetch, link or remove the file.',
  },
  options: downloadOptions,
  acceptedMessage: 'Download started in background. Check status with the download ID.',
  failureBeginning: 'Download failed',
  status: Download,
  result: resultOf<DownloadResult>(),
  files: filesOf,
  events: { completed: 'download_complete', failed: 'download_failed', cancelled: 'download_cancelled' },
  eventsNote: '`download_…` downloads',
  holdsSlot: true,
  reuse: 'owner',
  settings: {
    concurrency: { name: 'WORKER_DOWNLOAD_CONCURRENCY', description: 'Downloads at once.', default: 2 },
    timeout: {
      name: 'JOB_TIMEOUT_SECONDS',
      description: 'Wall clock of one attempt of a download; 0 for none.',
      default: 3600,
    },
  },
  examples: null,
})
