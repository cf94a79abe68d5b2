/** The types of what the methods are given: the fields of a job request, the query of a list, the options of a wait. */
import type { OperationOptions } from '../calls.ts'
import type { OperationId, Operations } from '../generated/operations.ts'
import type * as Api from '../generated/schemas.ts'
import type { WaitOptions } from '../wait.ts'

export type Query<Id extends OperationId> = Operations[Id]['query']

/** What is given besides the address. A field that this client does not know is sent as it is. */
type Fields<Body> = Omit<Body, 'url' | 'urls'>
export type InfoFields = Fields<Api.SingleInfoRequest>
export type DownloadFields = Fields<Api.SingleDownloadRequest>
export type TranscriptFields = Fields<Api.SingleTranscriptRequest>
export type PlaylistFields = Fields<Api.SinglePlaylistRequest>

export type StartOptions<Job> = WaitOptions<Job> & Pick<OperationOptions, 'idempotencyKey'>

export interface PlaylistOptions extends StartOptions<Api.Job> {
  /**
   * Called once with each entry that has ended, soon after its end, and for the last ones before the call resolves. A promise is
   * awaited before the next entry is given. What it throws is thrown by the call.
   */
  readonly onEntry?: ((entry: Api.PlaylistEntry) => unknown) | undefined
}
