/** The client: one method for each operation, and calls that wait by themselves. */
import { call, type OperationOptions, type Parameters, requestOf } from './calls.ts'
import { type ClientOptions, type Configuration, configurationOf } from './configuration.ts'
import { EndedEntries } from './ended-entries.ts'
import { JobCancelledError, JobFailedError, NotFoundError } from './errors.ts'
import { follow, type JobEvent } from './follow.ts'
import type { OperationId, Operations } from './generated/operations.ts'
import type * as Api from './generated/schemas.ts'
import { cursorOf, eachItem, type Page } from './pages.ts'
import { type Answer, type CallOptions, send } from './transport.ts'
import { type JobSource, underDeadline, type WaitOptions, waitForEnd } from './wait.ts'

type Query<Id extends OperationId> = Operations[Id]['query']
/** What is given besides the address. A field that this client does not know is sent as it is. */
type Fields<Body> = Omit<Body, 'url' | 'urls'>
export type InfoFields = Fields<Api.SingleInfoRequest>
export type DownloadFields = Fields<Api.SingleDownloadRequest>
export type TranscriptFields = Fields<Api.SingleTranscriptRequest>
export type PlaylistFields = Fields<Api.SinglePlaylistRequest>
type StartOptions<Job> = WaitOptions<Job> & Pick<OperationOptions, 'idempotencyKey'>
export interface PlaylistOptions extends StartOptions<Api.Job> {
  /**
   * Called once with each entry that has ended, soon after its end, and for the last ones before the call resolves. A promise is
   * awaited before the next entry is given. What it throws is thrown by the call.
   */
  readonly onEntry?: ((entry: Api.PlaylistEntry) => unknown) | undefined
}

const CANCEL_WITHIN_MS = 10_000
/** As many as a page can have. */
const ENTRIES_OF_A_PAGE = 200

export class VideoScraper {
  readonly #configuration: Configuration

  /** Connects to nothing. Throws a `UsageError` for options that cannot work. */
  constructor(options: ClientOptions = {}) {
    this.#configuration = configurationOf(options)
  }

  /** Any operation by its `operationId`, with the status and the headers of its answer. */
  call<Id extends OperationId>(
    id: Id,
    parameters: Parameters<Id> = {},
    options: OperationOptions = {},
  ): Promise<Answer<Operations[Id]['answer']>> {
    return call(this.#configuration, id, parameters, options)
  }

  /** A request that this client does not know: `path` begins with `/`, and may hold a query. Only GET is repeated. */
  request<Data = unknown>(
    method: string,
    path: `/${string}`,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Answer<Data>> {
    const url = this.#configuration.baseUrl + path
    return send<Data>(this.#configuration, { ...options, method, url, body, isRepeatable: method === 'GET' })
  }

  async #unread<Id extends OperationId>(id: Id, parameters: Parameters<Id>, options: CallOptions): Promise<Response> {
    const request = requestOf(this.#configuration, id, parameters, options)
    const { accept = '*/*', ...headers } = request.headers ?? {}
    return (await send<Response>(this.#configuration, { ...request, headers: { ...headers, accept }, isUnread: true }))
      .data
  }

  async #data<Id extends OperationId>(id: Id, parameters: Parameters<Id>, options: OperationOptions | undefined) {
    return (await this.call(id, parameters, options)).data
  }

  // Information

  /**
   * What is known about the video at `url`, once it was found out. Throws a `JobFailedError` or a `JobCancelledError`
   * when the job ends otherwise.
   */
  info(url: string, fields: InfoFields = {}, options: StartOptions<Api.Job> = {}): Promise<Api.InfoJobCompleted> {
    return underDeadline(options, async (signal, know) => {
      const started = await this.startInfo(url, fields, this.#starting(options, signal))
      const source = this.#infoSource(started.job_id)
      know(source)
      return completed<Api.Job, Api.InfoJobCompleted>(await waitForEnd(source, { ...options, signal }))
    })
  }

  /** `createInfoJob` */
  startInfo(url: string, fields: InfoFields = {}, options?: OperationOptions): Promise<Api.InfoAccepted> {
    return this.#data('createInfoJob', { body: { ...fields, url } }, options) as Promise<Api.InfoAccepted>
  }

  /** `createInfoJob` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused. */
  startInfos(urls: readonly string[], fields: InfoFields = {}, options?: OperationOptions) {
    return this.#data('createInfoJob', { body: { ...fields, urls } }, options) as Promise<Api.InfoBatchAccepted>
  }

  /** `getInfoJob` */
  getInfoJob(id: string, options?: OperationOptions): Promise<Api.Job> {
    return this.#data('getInfoJob', { path: { job_id: id } }, options)
  }

  /** Resolves when the job has ended, however it ended. */
  waitForInfoJob(id: string, options: WaitOptions<Api.Job> = {}): Promise<Api.Job> {
    return this.#wait(this.#infoSource(id), options)
  }

  /** `streamInfoJob`: the events of the job until its end; resumes by itself. */
  followInfoJob(id: string, options: CallOptions = {}): AsyncGenerator<JobEvent<Api.Job>, void, undefined> {
    return this.#follow('streamInfoJob', { path: { job_id: id } }, options)
  }

  // Transcripts

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
      const started = await this.startTranscript(url, fields, this.#starting(options, signal))
      const source = this.#infoSource(started.job_id)
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
    return this.#data('createTranscript', { body: { ...fields, url } }, options) as Promise<Api.TranscriptAccepted>
  }

  /** `createTranscript` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused. */
  startTranscripts(urls: readonly string[], fields: TranscriptFields = {}, options?: OperationOptions) {
    const started = this.#data('createTranscript', { body: { ...fields, urls } }, options)
    return started as Promise<Api.TranscriptBatchAccepted>
  }

  /** `fetchTranscript`: resolves with the answer unread once its head is there. Default: as `accept` of the headers says, or JSON. */
  fetchTranscript(id: string, query: Query<'fetchTranscript'> = {}, options: CallOptions = {}): Promise<Response> {
    return this.#unread('fetchTranscript', { path: { job_id: id }, query }, options)
  }

  /** `fetchTranscript`: the whole transcript as text in one of its forms. */
  async getTranscriptText(id: string, format: Api.TranscriptForm = 'text', options: CallOptions = {}): Promise<string> {
    return await (await this.fetchTranscript(id, { format }, options)).text()
  }

  // Downloads

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
      const started = await this.startDownload(url, fields, this.#starting(options, signal))
      const source = this.#downloadSource(started.download_id)
      know(source)
      return completed<Api.Download, Api.DownloadCompleted>(await waitForEnd(source, { ...options, signal }))
    })
  }

  /** `createDownload` */
  startDownload(url: string, fields: DownloadFields = {}, options?: OperationOptions): Promise<Api.DownloadAccepted> {
    return this.#data('createDownload', { body: { ...fields, url } }, options) as Promise<Api.DownloadAccepted>
  }

  /** `createDownload` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused. */
  startDownloads(urls: readonly string[], fields: DownloadFields = {}, options?: OperationOptions) {
    return this.#data('createDownload', { body: { ...fields, urls } }, options) as Promise<Api.DownloadBatchAccepted>
  }

  /** `getDownload` */
  getDownload(id: string, options?: OperationOptions): Promise<Api.Download> {
    return this.#data('getDownload', { path: { download_id: id } }, options)
  }

  /** Resolves when the download has ended, however it ended. */
  waitForDownload(id: string, options: WaitOptions<Api.Download> = {}): Promise<Api.Download> {
    return this.#wait(this.#downloadSource(id), options)
  }

  /** `streamDownload`: the events of the download until its end; resumes by itself. */
  followDownload(id: string, options: CallOptions = {}): AsyncGenerator<JobEvent<Api.Download>, void, undefined> {
    return this.#follow('streamDownload', { path: { download_id: id } }, options)
  }

  // Playlists

  /**
   * The playlist at `url`, once each of its entries has ended, well or badly; `onEntry` is given each of them as it ends, and `entries`
   * gives them afterwards. Throws a `JobFailedError` or a `JobCancelledError` when the list cannot be read or is cancelled.
   */
  playlist(
    url: string,
    fields: PlaylistFields = {},
    { onEntry, ...options }: PlaylistOptions = {},
  ): Promise<Api.PlaylistJobCompleted> {
    return underDeadline(options, async (signal, know) => {
      const { job_id: id } = await this.startPlaylist(url, fields, this.#starting(options, signal))
      const source = this.#infoSource(id)
      know(source)
      const { retries, headers } = options
      const page = (cursor: string | undefined) =>
        this.listEntries(id, { limit: ENTRIES_OF_A_PAGE, ...(cursor && { cursor }) }, { retries, headers, signal })
      const entries = onEntry && new EndedEntries({ page, onEntry, signal })
      const onSeen = entries && ((job: Api.Job) => entries.see(job))
      return completed<Api.Job, Api.PlaylistJobCompleted>(await waitForEnd(source, { ...options, onSeen, signal }))
    })
  }

  /** `createPlaylist` */
  startPlaylist(url: string, fields: PlaylistFields = {}, options?: OperationOptions): Promise<Api.PlaylistAccepted> {
    return this.#data('createPlaylist', { body: { ...fields, url } }, options) as Promise<Api.PlaylistAccepted>
  }

  /** `listEntries`: one page. */
  async listEntries(id: string, query: Query<'listEntries'> = {}, options?: OperationOptions) {
    const page = await this.#data('listEntries', { path: { job_id: id }, query }, options)
    return { items: page.entries, nextCursor: page.next_cursor } satisfies Page<Api.PlaylistEntry>
  }

  /** The entries of a playlist in their order, each with its job as it is now. */
  entries(id: string, query: Query<'listEntries'> = {}, options?: OperationOptions) {
    return eachItem((cursor) => this.listEntries(id, { ...query, ...(cursor && { cursor }) }, options))
  }

  // Jobs of all kinds

  /** `cancelJob`. A `ConflictError` when it has ended, or is being published. */
  cancel(id: string, options?: OperationOptions): Promise<Api.CancelReply> {
    return this.#data('cancelJob', { path: { job_id: id } }, options)
  }

  /** `retryJob`: a new job with the request of one that failed or was cancelled. */
  retry(id: string, options?: OperationOptions): Promise<Api.RetryAcceptance> {
    return this.#data('retryJob', { path: { job_id: id } }, options)
  }

  /**
   * `deleteJob`: removes a job that has ended, with its files. A `ConflictError` when it has not ended. Resolves also when a
   * repeat finds that the attempt before has removed it.
   */
  async deleteJob(id: string, options?: OperationOptions): Promise<void> {
    await this.#removing('deleteJob', { path: { job_id: id } }, options)
  }

  /** `cancelJobs`: those for which all conditions hold, at most a hundred at once; `next_cursor` goes on. */
  cancelJobs(selection: Api.JobSelection, options?: OperationOptions): Promise<Api.CancelledJobs> {
    return this.#data('cancelJobs', { body: selection }, options)
  }

  /** `deleteJobs`: those that have ended and for which all conditions hold, at most a hundred at once; `next_cursor` goes on. */
  deleteJobs(selection: Api.JobSelection, options?: OperationOptions): Promise<Api.DeletedJobs> {
    return this.#data('deleteJobs', { body: selection }, options)
  }

  /** `listJobs`: one page. */
  async listJobs(query: Query<'listJobs'> = {}, options?: OperationOptions): Promise<Page<Api.JobSummary>> {
    const { jobs, next_cursor } = await this.#data('listJobs', { query }, options)
    return { items: jobs, nextCursor: next_cursor }
  }

  /** Own jobs, newest first. */
  jobs(query: Query<'listJobs'> = {}, options?: OperationOptions): AsyncGenerator<Api.JobSummary, void, undefined> {
    return eachItem((cursor) => this.listJobs({ ...query, ...(cursor && { cursor }) }, options))
  }

  /** `createEventLink`: an address of the events of one job that needs no key. */
  createEventLink(id: string, options?: OperationOptions): Promise<Api.EventLink> {
    return this.#data('createEventLink', { path: { job_id: id } }, options)
  }

  /** `streamByLink`: follows a job by the address of `createEventLink`, or by its `token`. */
  followLink(id: string, token: string, options: CallOptions = {}) {
    return this.#follow<'streamByLink', Api.Job | Api.Download>(
      'streamByLink',
      { path: { job_id: id }, query: { token } },
      options,
    )
  }

  // Files

  /** `listDownloads`: one page of files. */
  async listDownloads(
    query: Query<'listDownloads'> = {},
    options?: OperationOptions,
  ): Promise<Page<Api.DownloadEntry>> {
    const { data, headers } = await this.call('listDownloads', { query }, options)
    return { items: data, nextCursor: cursorOf(headers) }
  }

  /** Own files, newest first. */
  downloads(query: Query<'listDownloads'> = {}, options?: OperationOptions) {
    return eachItem((cursor) => this.listDownloads({ ...query, ...(cursor && { cursor }) }, options))
  }

  /**
   * `fetchFile`: resolves with the answer unread once its head is there. Ask for a part with `headers: { range }`; a range
   * outside the file resolves with 416.
   */
  fetchFile(filename: string, query: Query<'fetchFile'> = {}, options: CallOptions = {}): Promise<Response> {
    return this.#unread('fetchFile', { path: { filename }, query }, options)
  }

  /** `deleteFile`. Resolves also when a repeat finds that the attempt before has removed it. */
  async deleteFile(filename: string, options?: OperationOptions): Promise<void> {
    await this.#removing('deleteFile', { path: { filename } }, options)
  }

  /** `createFileLink`: an address of the file that needs no key. */
  createFileLink(
    filename: string,
    body: Api.CreateFileLinkBody = {},
    options?: OperationOptions,
  ): Promise<Api.FileLink> {
    return this.#data('createFileLink', { path: { filename }, body }, options)
  }

  /** `fetchArchive`: all files of a download as one zip. Resolves with the answer unread once its head is there. */
  fetchArchive(id: string, query: Query<'fetchArchive'> = {}, options: CallOptions = {}): Promise<Response> {
    return this.#unread('fetchArchive', { path: { download_id: id }, query }, options)
  }

  /** `createArchiveLink`: an address of the archive that needs no key. */
  createArchiveLink(
    id: string,
    body: Api.CreateArchiveLinkBody = {},
    options?: OperationOptions,
  ): Promise<Api.FileLink> {
    return this.#data('createArchiveLink', { path: { download_id: id }, body }, options)
  }

  // Webhooks

  /** `registerWebhook`: the secret is in this answer alone. */
  registerWebhook(body: Api.RegisterWebhookBody, options?: OperationOptions): Promise<Api.RegisteredWebhookReply> {
    return this.#data('registerWebhook', { body }, options)
  }

  /** `listWebhooks` */
  async listWebhooks(options?: OperationOptions): Promise<readonly Api.WebhookReply[]> {
    return (await this.#data('listWebhooks', {}, options)).webhooks
  }

  /** `getWebhook` */
  getWebhook(id: string, options?: OperationOptions): Promise<Api.WebhookReply> {
    return this.#data('getWebhook', { path: { webhook_id: id } }, options)
  }

  /** `changeWebhook` */
  changeWebhook(id: string, body: Api.ChangeWebhookBody, options?: OperationOptions): Promise<Api.WebhookReply> {
    return this.#data('changeWebhook', { path: { webhook_id: id }, body }, options)
  }

  /** `deleteWebhook` */
  async deleteWebhook(id: string, options?: OperationOptions): Promise<void> {
    await this.#data('deleteWebhook', { path: { webhook_id: id } }, options)
  }

  /** `testWebhook`: sends an event of the type `test`, once. */
  testWebhook(id: string, options?: OperationOptions): Promise<Api.DeliveryAccepted> {
    return this.#data('testWebhook', { path: { webhook_id: id } }, options)
  }

  /** `rotateWebhookSecret`: for 24 hours events are signed with the new secret and with the one before. */
  rotateWebhookSecret(id: string, options?: OperationOptions): Promise<Api.RotatedSecretReply> {
    return this.#data('rotateWebhookSecret', { path: { webhook_id: id } }, options)
  }

  /** `listDeliveries`: one page. */
  async listDeliveries(id: string, query: Query<'listDeliveries'> = {}, options?: OperationOptions) {
    const page = await this.#data('listDeliveries', { path: { webhook_id: id }, query }, options)
    return { items: page.deliveries, nextCursor: page.next_cursor } satisfies Page<Api.DeliveryReply>
  }

  /** What was sent to the webhook, newest first. */
  deliveries(id: string, query: Query<'listDeliveries'> = {}, options?: OperationOptions) {
    return eachItem((cursor) => this.listDeliveries(id, { ...query, ...(cursor && { cursor }) }, options))
  }

  /** `replayDeliveries`: all that was skipped, has failed or is pending. */
  replayDeliveries(id: string, body: Api.ReplayDeliveriesBody, options?: OperationOptions) {
    return this.#data('replayDeliveries', { path: { webhook_id: id }, body }, options)
  }

  /** `replayDelivery` */
  replayDelivery(id: string, deliveryId: string, options?: OperationOptions): Promise<Api.DeliveryAccepted> {
    return this.#data('replayDelivery', { path: { webhook_id: id, delivery_id: deliveryId } }, options)
  }

  // Cookie sets, which need the scope `cookies`

  /** `putCookies`: the text of a `cookies.txt`, or an array. They replace what lies under the name. */
  putCookies(
    name: string,
    cookies: string | readonly Api.JsonCookie[],
    options?: OperationOptions,
  ): Promise<Api.CookieSetReply> {
    return this.#data('putCookies', { path: { name }, body: cookies }, options)
  }

  /** `listCookies` */
  async listCookies(options?: OperationOptions): Promise<readonly Api.CookieSetReply[]> {
    return (await this.#data('listCookies', {}, options)).cookies
  }

  /** `getCookies` */
  getCookies(name: string, options?: OperationOptions): Promise<Api.CookieSetReply> {
    return this.#data('getCookies', { path: { name } }, options)
  }

  /** `deleteCookies` */
  async deleteCookies(name: string, options?: OperationOptions): Promise<void> {
    await this.#data('deleteCookies', { path: { name } }, options)
  }

  // API keys, which need the scope `admin`

  /** `createKey`: the key itself is in this answer alone. */
  createKey(body: Api.CreateKeyBody, options?: OperationOptions): Promise<Api.IssuedKey> {
    return this.#data('createKey', { body }, options)
  }

  /** `listKeys`: one page. */
  async listKeys(query: Query<'listKeys'> = {}, options?: OperationOptions): Promise<Page<Api.ApiKey>> {
    const { keys, next_cursor } = await this.#data('listKeys', { query }, options)
    return { items: keys, nextCursor: next_cursor }
  }

  /** All keys, newest first. */
  keys(query: Query<'listKeys'> = {}, options?: OperationOptions): AsyncGenerator<Api.ApiKey, void, undefined> {
    return eachItem((cursor) => this.listKeys({ ...query, ...(cursor && { cursor }) }, options))
  }

  /** `getKey` */
  getKey(id: string, options?: OperationOptions): Promise<Api.ApiKey> {
    return this.#data('getKey', { path: { key_id: id } }, options)
  }

  /** `updateKey` */
  updateKey(id: string, body: Api.UpdateKeyBody, options?: OperationOptions): Promise<Api.ApiKey> {
    return this.#data('updateKey', { path: { key_id: id }, body }, options)
  }

  /** `revokeKey`: for ever. */
  revokeKey(id: string, options?: OperationOptions): Promise<Api.ApiKey> {
    return this.#data('revokeKey', { path: { key_id: id } }, options)
  }

  /** `rotateKey`: the new secret is in this answer alone. */
  rotateKey(id: string, query: Query<'rotateKey'> = {}, options?: OperationOptions): Promise<Api.IssuedKey> {
    return this.#data('rotateKey', { path: { key_id: id }, query }, options)
  }

  // The service

  /** `getStatus` */
  getStatus(options?: OperationOptions): Promise<Api.ServiceStatus> {
    return this.#data('getStatus', {}, options)
  }

  /** `listPlatforms` */
  listPlatforms(query: Query<'listPlatforms'> = {}, options?: OperationOptions): Promise<readonly Api.Platform[]> {
    return this.#data('listPlatforms', { query }, options)
  }

  /** `getLiveness` */
  getLiveness(options?: OperationOptions): Promise<Api.HealthReply> {
    return this.#data('getLiveness', {}, options)
  }

  /** `getReadiness`: a `ServiceError` when the gateway cannot take jobs. */
  getReadiness(options?: OperationOptions): Promise<Api.HealthReply> {
    return this.#data('getReadiness', {}, options)
  }

  // How the calls that wait do it

  /** A start that may have to be cancelled is not broken off: its answer has the id of the job. */
  #starting({ cancelOnAbort, idempotencyKey, retries, headers }: StartOptions<never>, signal: AbortSignal) {
    signal.throwIfAborted()
    return { idempotencyKey, retries, headers, ...(!cancelOnAbort && { signal }) }
  }

  #wait<Of extends Api.Job | Api.Download>(source: JobSource<Of>, options: WaitOptions<Of>): Promise<Of> {
    return underDeadline(options, (signal, know) => {
      know(source)
      return waitForEnd(source, { ...options, signal })
    })
  }

  #infoSource(id: string): JobSource<Api.Job> {
    return {
      id,
      events: (options) => this.followInfoJob(id, options),
      get: (seconds, options) => this.call('getInfoJob', { path: { job_id: id } }, holding(seconds, options)),
      cancel: () => this.cancel(id, { timeoutMs: CANCEL_WITHIN_MS }),
    }
  }

  #downloadSource(id: string): JobSource<Api.Download> {
    return {
      id,
      events: (options) => this.followDownload(id, options),
      get: (seconds, options) => this.call('getDownload', { path: { download_id: id } }, holding(seconds, options)),
      cancel: () => this.cancel(id, { timeoutMs: CANCEL_WITHIN_MS }),
    }
  }

  /** Resolves also when a repeat finds nothing, since the attempt before has removed it. */
  async #removing<Id extends 'deleteFile' | 'deleteJob'>(
    id: Id,
    parameters: Parameters<Id>,
    options: OperationOptions = {},
  ): Promise<void> {
    let isLost = false
    const log = this.#configuration.log
    const noting: Configuration = {
      ...this.#configuration,
      log: (entry) => {
        isLost ||= entry.event === 'retrying' && entry.status === 0
        log(entry)
      },
    }
    await call(noting, id, parameters, options).catch((error: unknown) => {
      if (!(isLost && error instanceof NotFoundError)) throw error
    })
  }

  #follow<Id extends OperationId, Job>(id: Id, parameters: Parameters<Id>, options: CallOptions) {
    const request = requestOf(this.#configuration, id, parameters, options)
    const open = async (lastEventId: string | null) => {
      const last = lastEventId === null ? {} : { 'last-event-id': lastEventId }
      const headers = { accept: 'text/event-stream', ...request.headers, ...last }
      return (await send<Response>(this.#configuration, { ...request, headers, isUnread: true })).data
    }
    return follow<Job>({ configuration: this.#configuration, url: request.url, open, signal: options.signal })
  }
}

const holding = (seconds: number, options: CallOptions): CallOptions => ({
  ...options,
  headers: { ...options.headers, prefer: `wait=${seconds}` },
})

/** A state that this client has never heard of is given as it is. */
function completed<Of extends Api.Job | Api.Download, Completed extends Of>(job: Of): Completed {
  if (job.status === 'failed') throw new JobFailedError(job)
  if (job.status === 'cancelled') throw new JobCancelledError(job)
  return job as Completed
}
