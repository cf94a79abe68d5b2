/** One way to stop: whatever waits takes an AbortSignal, and the reason travels inside it. */

/**
 * Why a running job is to stop. `timeout`, `stalled`, `option_unavailable` and the limits end the attempt as failures; `cancelled` ends the job;
 * `shutdown` hands it back without using an attempt; after `lock_lost` another worker may already have it. `folder_busy`:
 * the processes of an earlier attempt still work in the job's folder, so it is handed back and taken again later.
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
  | 'answer_known'

/** The reason of an aborted signal. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly reason: StopReason

  constructor(reason: StopReason) {
    super(`The job was stopped: ${reason}.`)
    this.reason = reason
  }
}

/** Reads the reason of an aborted signal; a foreign reason counts as a shutdown, which loses nothing. */
export const stopReasonOf = (signal: AbortSignal): StopReason =>
  signal.reason instanceof Stop ? signal.reason.reason : 'shutdown'
