/** Jobs of all kinds. */
import type { OperationOptions } from '../calls.ts'
import type { JobEvent } from '../follow.ts'
import type * as Api from '../generated/schemas.ts'
import { eachItem, type Page } from '../pages.ts'
import type { CallOptions } from '../transport.ts'
import type { Query } from './arguments.ts'
import { dataOf, eventsOf, remove } from './call-methods.ts'
import { FileMethods } from './file-methods.ts'

export class JobMethods extends FileMethods {
  /** `cancelJob`. A `ConflictError` when it has ended, or is being published. */
  cancel(id: string, options?: OperationOptions): Promise<Api.CancelReply> {
    return dataOf(this, 'cancelJob', { path: { job_id: id } }, options)
  }

  /** `retryJob`: a new job with the request of one that failed or was cancelled. */
  retry(id: string, options?: OperationOptions): Promise<Api.RetryAcceptance> {
    return dataOf(this, 'retryJob', { path: { job_id: id } }, options)
  }

  /**
   * `deleteJob`: removes a job that has ended, with its files. A `ConflictError` when it has not ended. Resolves also when a
   * repeat finds that the attempt before has removed it.
   */
  async deleteJob(id: string, options?: OperationOptions): Promise<void> {
    await remove(this, 'deleteJob', { path: { job_id: id } }, options)
  }

  /** `cancelJobs`: those for which all conditions hold, at most a hundred at once; `next_cursor` goes on. */
  cancelJobs(selection: Api.JobSelection, options?: OperationOptions): Promise<Api.CancelledJobs> {
    return dataOf(this, 'cancelJobs', { body: selection }, options)
  }

  /** `deleteJobs`: those that have ended and for which all conditions hold, at most a hundred at once; `next_cursor` goes on. */
  deleteJobs(selection: Api.JobSelection, options?: OperationOptions): Promise<Api.DeletedJobs> {
    return dataOf(this, 'deleteJobs', { body: selection }, options)
  }

  /** `listJobs`: one page. */
  async listJobs(query: Query<'listJobs'> = {}, options?: OperationOptions): Promise<Page<Api.JobSummary>> {
    const { jobs, next_cursor } = await dataOf(this, 'listJobs', { query }, options)
    return { items: jobs, nextCursor: next_cursor }
  }

  /** Own jobs, newest first. */
  jobs(query: Query<'listJobs'> = {}, options?: OperationOptions): AsyncGenerator<Api.JobSummary, void, undefined> {
    return eachItem((cursor) => this.listJobs({ ...query, ...(cursor && { cursor }) }, options))
  }

  /** `createEventLink`: an address of the events of one job that needs no key. */
  createEventLink(id: string, options?: OperationOptions): Promise<Api.EventLink> {
    return dataOf(this, 'createEventLink', { path: { job_id: id } }, options)
  }

  /** `streamByLink`: follows a job by the address of `createEventLink`, or by its `token`. */
  followLink(
    id: string,
    token: string,
    options: CallOptions = {},
  ): AsyncGenerator<JobEvent<Api.Job | Api.Download>, void, undefined> {
    return eventsOf(this, 'streamByLink', { path: { job_id: id }, query: { token } }, options)
  }
}
