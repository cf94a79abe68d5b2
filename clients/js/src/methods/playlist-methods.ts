/** Playlists, and their entries. */
import type { OperationOptions } from '../calls.ts'
import { EndedEntries } from '../ended-entries.ts'
import type * as Api from '../generated/schemas.ts'
import { eachItem, type Page } from '../pages.ts'
import { underDeadline, waitForEnd } from '../wait.ts'
import type { PlaylistFields, PlaylistOptions, Query } from './arguments.ts'
import { dataOf } from './call-methods.ts'
import { DownloadMethods } from './download-methods.ts'
import { infoSource } from './information-methods.ts'
import { completed, starting } from './waiting.ts'

/** As many as a page can have. */
const ENTRIES_OF_A_PAGE = 200

export class PlaylistMethods extends DownloadMethods {
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
      const { job_id: id } = await this.startPlaylist(url, fields, starting(options, signal))
      const source = infoSource(this, id)
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
    return dataOf(this, 'createPlaylist', { body: { ...fields, url } }, options) as Promise<Api.PlaylistAccepted>
  }

  /** `listEntries`: one page. */
  async listEntries(id: string, query: Query<'listEntries'> = {}, options?: OperationOptions) {
    const page = await dataOf(this, 'listEntries', { path: { job_id: id }, query }, options)
    return { items: page.entries, nextCursor: page.next_cursor } satisfies Page<Api.PlaylistEntry>
  }

  /** The entries of a playlist in their order, each with its job as it is now. */
  entries(id: string, query: Query<'listEntries'> = {}, options?: OperationOptions) {
    return eachItem((cursor) => this.listEntries(id, { ...query, ...(cursor && { cursor }) }, options))
  }
}
