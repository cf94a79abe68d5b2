/** Children forked ahead of need: how many wait, for how long, and who gets the next one. */
import type { WaitingChild } from './fork-server-socket.ts'

interface IdleOptions {
  readonly size: number
  /** How long one waits before it gives its memory back. It is not replaced until the next job has come. */
  readonly idleMs: number
  readonly fork: (order: 'now' | 'ahead') => void
}

export interface IdleChildren {
  /** Brings the number up to `size`. */
  fill(): void
  arrived(child: WaitingChild): void
  /** A child, forked now where none waits. Null when none came in time, or the signal was aborted. */
  take(signal: AbortSignal, waitMs: number): Promise<WaitingChild | null>
  readonly count: number
  close(): void
}

/** When jobs come thick and fast, warming ahead would only take the processor from them; so it waits for a lull. */
const LULL_MS = 150
/** A fork that has not led to a child by now never will. */
const LOST_AFTER_MS = 5_000

export function keepIdleChildren({ size, idleMs, fork }: IdleOptions): IdleChildren {
  const idle = new Map<WaitingChild, NodeJS.Timeout>()
  const waiting: ((child: WaitingChild | null) => void)[] = []
  let onTheWay = 0
  let orderedAt = 0
  let closed = false

  const order = (what: 'now' | 'ahead'): void => {
    if (Date.now() - orderedAt > LOST_AFTER_MS) onTheWay = 0
    orderedAt = Date.now()
    onTheWay += 1
    fork(what)
  }
  const fill = (): void => {
    if (closed) return
    if (Date.now() - orderedAt > LOST_AFTER_MS) onTheWay = 0
    for (let missing = size - idle.size - onTheWay; missing > 0; missing--) order('ahead')
  }
  let lull: NodeJS.Timeout | undefined

  const forget = (child: WaitingChild): void => {
    clearTimeout(idle.get(child))
    idle.delete(child)
  }
  const dismiss = (child: WaitingChild): void => {
    forget(child)
    for (const socket of [child.control, child.events, child.diagnostics]) socket.destroy()
  }

  return {
    fill,
    arrived(child) {
      onTheWay = Math.max(0, onTheWay - 1)
      const next = waiting.shift()
      if (next !== undefined) return next(child)
      if (closed || idle.size >= size) return dismiss(child)
      child.control.once('close', () => forget(child))
      idle.set(
        child,
        setTimeout(() => dismiss(child), idleMs),
      )
    },
    async take(signal, waitMs) {
      clearTimeout(lull)
      lull = setTimeout(fill, LULL_MS)
      for (const child of idle.keys()) {
        forget(child)
        if (!child.control.destroyed) return child
      }
      return new Promise((resolve) => {
        const settle = (child: WaitingChild | null): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', giveUp)
          const place = waiting.indexOf(settle)
          if (place !== -1) waiting.splice(place, 1)
          resolve(child)
        }
        const giveUp = (): void => settle(null)
        const timer = setTimeout(giveUp, waitMs)
        signal.addEventListener('abort', giveUp)
        waiting.push(settle)
        order('now')
      })
    },
    get count() {
      return idle.size
    },
    close() {
      closed = true
      clearTimeout(lull)
      for (const child of [...idle.keys()]) dismiss(child)
      for (const settle of [...waiting]) settle(null)
    },
  }
}
