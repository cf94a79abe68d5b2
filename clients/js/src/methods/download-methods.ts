/** Downloads. */
import type { OperationOptions } from '../calls.ts'
import type { JobEvent } from '../follow.ts'
import type * as Api from '../generated/schemas.ts'
import type { CallOptions } from '../transport.ts'
import { type JobSource, underDeadline, type WaitOptions, waitForEnd } from '../wait.ts'
import type { DownloadFields, StartOptions } from './arguments.ts'
import { dataOf, eventsOf } from './call-methods.ts'
import { TranscriptMethods } from './transcript-methods.ts'
import { CANCEL_WITHIN_MS, completed, holding, starting, untilEnded } from './waiting.ts'

export class DownloadMethods extends TranscriptMethods {
  /**
   * The download of the video at `url`, once its file is there; `fetchFile` and `save` get it. Throws a `JobFailedError`
   * or a `JobCancelledError` when the job ends otherwise.
   */
  download(
    url: string,
    fields: DownloadFields = {},
    options: StartOptions<Api.Download> = {},
  ): Promise<Api.DownloadCompleted> {
    return underDeadline(options, async (signal, know) => {
      const started = await this.startDownload(url, fields, starting(options, signal))
      const source = downloadSource(this, started.download_id)
      know(source)
      return completed<Api.Download, Api.DownloadCompleted>(await waitForEnd(source, { ...options, signal }))
    })
  }

  /** `createDownload` */
  startDownload(url: string, fields: DownloadFields = {}, options?: OperationOptions): Promise<Api.DownloadAccepted> {
    return dataOf(this, 'createDownload', { body: { ...fields, url } }, options) as Promise<Api.DownloadAccepted>
  }

  /** `createDownload` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused. */
  startDownloads(urls: readonly string[], fields: DownloadFields = {}, options?: OperationOptions) {
    return dataOf(this, 'createDownload', { body: { ...fields, urls } }, options) as Promise<Api.DownloadBatchAccepted>
  }

  /** `getDownload` */
  getDownload(id: string, options?: OperationOptions): Promise<Api.Download> {
    return dataOf(this, 'getDownload', { path: { download_id: id } }, options)
  }

  /** Resolves when the download has ended, however it ended. */
  waitForDownload(id: string, options: WaitOptions<Api.Download> = {}): Promise<Api.Download> {
    return untilEnded(downloadSource(this, id), options)
  }

  /** `streamDownload`: the events of the download until its end; resumes by itself. */
  followDownload(id: string, options: CallOptions = {}): AsyncGenerator<JobEvent<Api.Download>, void, undefined> {
    return eventsOf(this, 'streamDownload', { path: { download_id: id } }, options)
  }
}

/** How the download is followed, asked for and cancelled. */
function downloadSource(client: DownloadMethods, id: string): JobSource<Api.Download> {
  return {
    id,
    events: (options) => client.followDownload(id, options),
    get: (seconds, options) => client.call('getDownload', { path: { download_id: id } }, holding(seconds, options)),
    cancel: () => client.cancel(id, { timeoutMs: CANCEL_WITHIN_MS }),
  }
}
