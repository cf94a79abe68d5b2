/** What is said in videos. */
import type { OperationOptions } from '../calls.ts'
import type * as Api from '../generated/schemas.ts'
import type { CallOptions } from '../transport.ts'
import { underDeadline, waitForEnd } from '../wait.ts'
import type { Query, StartOptions, TranscriptFields } from './arguments.ts'
import { dataOf, unreadAnswer } from './call-methods.ts'
import { InformationMethods, infoSource } from './information-methods.ts'
import { completed, starting } from './waiting.ts'

export class TranscriptMethods extends InformationMethods {
  /**
   * What is said in the video at `url`, by its captions, once it was read. A long transcript has no `segments`: `fetchTranscript`
   * gets it in any form. Throws a `JobFailedError` or a `JobCancelledError` when the job ends otherwise.
   */
  transcript(
    url: string,
    fields: TranscriptFields = {},
    options: StartOptions<Api.Job> = {},
  ): Promise<Api.TranscriptJobCompleted> {
    return underDeadline(options, async (signal, know) => {
      const started = await this.startTranscript(url, fields, starting(options, signal))
      const source = infoSource(this, started.job_id)
      know(source)
      return completed<Api.Job, Api.TranscriptJobCompleted>(await waitForEnd(source, { ...options, signal }))
    })
  }

  /** `createTranscript`. The job is asked for, awaited and followed as an info job is. */
  startTranscript(
    url: string,
    fields: TranscriptFields = {},
    options?: OperationOptions,
  ): Promise<Api.TranscriptAccepted> {
    return dataOf(this, 'createTranscript', { body: { ...fields, url } }, options) as Promise<Api.TranscriptAccepted>
  }

  /** `createTranscript` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused. */
  startTranscripts(urls: readonly string[], fields: TranscriptFields = {}, options?: OperationOptions) {
    const started = dataOf(this, 'createTranscript', { body: { ...fields, urls } }, options)
    return started as Promise<Api.TranscriptBatchAccepted>
  }

  /** `fetchTranscript`: resolves with the answer unread once its head is there. Default: as `accept` of the headers says, or JSON. */
  fetchTranscript(id: string, query: Query<'fetchTranscript'> = {}, options: CallOptions = {}): Promise<Response> {
    return unreadAnswer(this, 'fetchTranscript', { path: { job_id: id }, query }, options)
  }

  /** `fetchTranscript`: the whole transcript as text in one of its forms. */
  async getTranscriptText(id: string, format: Api.TranscriptForm = 'text', options: CallOptions = {}): Promise<string> {
    return await (await this.fetchTranscript(id, { format }, options)).text()
  }
}
