/** Looks once a second for jobs whose time is over. Gateways and workers do it, so that it happens while either kind is away. */
import type { ExpireDue } from './deadlines.ts'

const EVERY_MS = 1000

interface DeadlineWatchOptions {
  /** Hears why a look failed; the next one does its work. */
  onError: (error: Error) => void
  /** From the end of one look to the next, in milliseconds. Default 1 s; tests take less. */
  everyMs?: number
}

/** Looks one after the other, so that none pile up while Redis does not answer. `stop` ends it, and waits for no look that is under way. */
export function watchDeadlines(
  { expireDue }: { expireDue: ExpireDue },
  { onError, everyMs = EVERY_MS }: DeadlineWatchOptions,
): { stop(): void } {
  let timer: NodeJS.Timeout
  let stopped = false
  const look = async () => {
    try {
      await expireDue()
    } catch (error) {
      // Who stops it closes the connection next, so the last look may fail for that.
      if (!stopped) onError(error as Error)
    }
    lookLater()
  }
  const lookLater = () => {
    if (!stopped) timer = setTimeout(() => void look(), everyMs)
  }
  lookLater()
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
