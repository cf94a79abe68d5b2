/** Files of downloads. */
import type { OperationOptions } from '../calls.ts'
import type * as Api from '../generated/schemas.ts'
import { cursorOf, eachItem, type Page } from '../pages.ts'
import type { CallOptions } from '../transport.ts'
import type { Query } from './arguments.ts'
import { dataOf, remove, unreadAnswer } from './call-methods.ts'
import { WebhookMethods } from './webhook-methods.ts'

export class FileMethods extends WebhookMethods {
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
    return unreadAnswer(this, 'fetchFile', { path: { filename }, query }, options)
  }

  /** `deleteFile`. Resolves also when a repeat finds that the attempt before has removed it. */
  async deleteFile(filename: string, options?: OperationOptions): Promise<void> {
    await remove(this, 'deleteFile', { path: { filename } }, options)
  }

  /** `createFileLink`: an address of the file that needs no key. */
  createFileLink(
    filename: string,
    body: Api.CreateFileLinkBody = {},
    options?: OperationOptions,
  ): Promise<Api.FileLink> {
    return dataOf(this, 'createFileLink', { path: { filename }, body }, options)
  }

  /** `fetchArchive`: all files of a download as one zip. Resolves with the answer unread once its head is there. */
  fetchArchive(id: string, query: Query<'fetchArchive'> = {}, options: CallOptions = {}): Promise<Response> {
    return unreadAnswer(this, 'fetchArchive', { path: { download_id: id }, query }, options)
  }

  /** `createArchiveLink`: an address of the archive that needs no key. */
  createArchiveLink(
    id: string,
    body: Api.CreateArchiveLinkBody = {},
    options?: OperationOptions,
  ): Promise<Api.FileLink> {
    return dataOf(this, 'createArchiveLink', { path: { download_id: id }, body }, options)
  }
}
