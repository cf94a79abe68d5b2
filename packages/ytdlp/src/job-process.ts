/** The processes of one job, which are ended together, however they were started. */
import type { Socket } from 'node:net'

/** What a job is started with, cold or warm. */
export interface ProcessOrder {
  readonly python: string
  /** What `python/runner.py` reads. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly argv: readonly string[]
  readonly url: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

export interface ProcessEnd {
  /** Null where it was killed, or did not live to tell. */
  readonly exitCode: number | null
  readonly signalCode: string | null
}

export interface JobProcess {
  /** The process that is the group's leader. */
  readonly leader: number
  /** Takes the job. Nothing comes back; when this end goes, the kernel kills the whole group. */
  readonly control: Socket
  /** Lines of events. Closes when the leader has ended. May be paused, as nothing may be lost before it is read. */
  readonly events: Socket
  /** Standard error. */
  readonly diagnostics: Socket
  /** Resolves when the leader has ended; others of its group may still be there. */
  readonly ended: Promise<ProcessEnd>
}

/** The one line that the runner reads (`python/order.py`); `more` is for a process that was started without its job. */
export const orderLine = (
  { settings, argv, url }: Pick<ProcessOrder, 'settings' | 'argv' | 'url'>,
  more = {},
): string => `${JSON.stringify({ settings, argv: [...argv, '--', url], ...more })}\n`

/** Reads a control connection only for its end. The runner never writes there: whoever does has been taken over, and is killed. */
export function endOnWord(control: Socket): void {
  control.on('data', () => control.destroy())
}
