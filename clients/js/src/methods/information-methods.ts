/** What is known about videos. */
import type { OperationOptions } from '../calls.ts'
import type { JobEvent } from '../follow.ts'
import type * as Api from '../generated/schemas.ts'
import type { CallOptions } from '../transport.ts'
import { type JobSource, underDeadline, type WaitOptions, waitForEnd } from '../wait.ts'
import type { InfoFields, StartOptions } from './arguments.ts'
import { dataOf, eventsOf } from './call-methods.ts'
import { JobMethods } from './job-methods.ts'
import { CANCEL_WITHIN_MS, completed, holding, starting, untilEnded } from './waiting.ts'

export class InformationMethods extends JobMethods {
  /**
   * What is known about the video at `url`, once it was found out. Throws a `JobFailedError` or a `JobCancelledError`
   * when the job ends otherwise.
   */
  info(url: string, fields: InfoFields = {}, options: StartOptions<Api.Job> = {}): Promise<Api.InfoJobCompleted> {
    return underDeadline(options, async (signal, know) => {
      const started = await this.startInfo(url, fields, starting(options, signal))
      const source = infoSource(this, started.job_id)
      know(source)
      return completed<Api.Job, Api.InfoJobCompleted>(await waitForEnd(source, { ...options, signal }))
    })
  }

  /** `createInfoJob` */
  startInfo(url: string, fields: InfoFields = {}, options?: OperationOptions): Promise<Api.InfoAccepted> {
    return dataOf(this, 'createInfoJob', { body: { ...fields, url } }, options) as Promise<Api.InfoAccepted>
  }

  /** `createInfoJob` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused. */
  startInfos(urls: readonly string[], fields: InfoFields = {}, options?: OperationOptions) {
    return dataOf(this, 'createInfoJob', { body: { ...fields, urls } }, options) as Promise<Api.InfoBatchAccepted>
  }

  /** `getInfoJob` */
  getInfoJob(id: string, options?: OperationOptions): Promise<Api.Job> {
    return dataOf(this, 'getInfoJob', { path: { job_id: id } }, options)
  }

  /** Resolves when the job has ended, however it ended. */
  waitForInfoJob(id: string, options: WaitOptions<Api.Job> = {}): Promise<Api.Job> {
    return untilEnded(infoSource(this, id), options)
  }

  /** `streamInfoJob`: the events of the job until its end; resumes by itself. */
  followInfoJob(id: string, options: CallOptions = {}): AsyncGenerator<JobEvent<Api.Job>, void, undefined> {
    return eventsOf(this, 'streamInfoJob', { path: { job_id: id } }, options)
  }
}

/** How the job is followed, asked for and cancelled. */
export function infoSource(client: InformationMethods, id: string): JobSource<Api.Job> {
  return {
    id,
    events: (options) => client.followInfoJob(id, options),
    get: (seconds, options) => client.call('getInfoJob', { path: { job_id: id } }, holding(seconds, options)),
    cancel: () => client.cancel(id, { timeoutMs: CANCEL_WITHIN_MS }),
  }
}
