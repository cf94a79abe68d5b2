/** One way to stop: whatever waits takes an AbortSignal, and the reason travels inside it. */

/**
 * Why a running job is to stop. `timeout`, `stalled`, `option_unavailable` and the limits end the attempt as failures; `cancelled` ends the job, by its client or because its time is over: the verdict says which;
 * `shutdown` hands it back without using an attempt; after `lock_lost` another worker may already have it. `folder_busy`:
 * the processes of an earlier attempt still work in the job's folder, so it is handed back and taken again later.
 * `entries_unfinished`: a playlist has done what can be done now, and is taken again when an entry has ended, or after `waitMs`.
 * `answer_known`: the library holds what is being fetched; it ends the fetching and never the attempt.
 */
export type StopReason =
  | 'cancelled'
  | 'timeout'
  | 'stalled'
  | 'cpu_limit_exceeded'
  | 'memory_limit_exceeded'
  | 'file_too_large'
  | 'option_unavailable'
  | 'shutdown'
  | 'lock_lost'
  | 'folder_busy'
  | 'entries_unfinished'
  | 'answer_known'

/** The reason of an aborted signal. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly reason: StopReason
  /** After which time the job is to be taken again, in milliseconds, where the reason hands it back for a time. */
  readonly waitMs: number

  constructor(reason: StopReason, waitMs = 0) {
    super(`The job was stopped: ${reason}.`)
    this.reason = reason
    this.waitMs = waitMs
  }
}

/** Reads the reason of an aborted signal; a foreign reason counts as a shutdown, which loses nothing. */
export const stopReasonOf = (signal: AbortSignal): StopReason =>
  signal.reason instanceof Stop ? signal.reason.reason : 'shutdown'
