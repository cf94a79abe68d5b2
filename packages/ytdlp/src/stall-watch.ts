/** Notices when a download has stopped moving, though its connection is still open. */

/**
 * The longest wait that a source may demand without being taken for stalled, in milliseconds. Advertisements before a video
 * last some minutes at most.
 */
const WAIT_MAX_MS = 600_000

export interface StallWatch {
  /** Something moved: the time begins anew. */
  moved(): void
  /** Nothing will move for so long, as the source demands; what then has to move has its time after that. */
  waits(waitMs: number): void
  /** Nothing is expected to move: parts are put together, or all is over. */
  rest(): void
}

/** Calls `onStall` after `stallMs` without movement, from the first movement on. 0 turns it off. */
export function watchForStall(stallMs: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined
  const begin = (waitMs: number): void => {
    clearTimeout(timer)
    timer = stallMs > 0 ? setTimeout(onStall, waitMs + stallMs) : undefined
  }
  return {
    moved: () => begin(0),
    waits: (waitMs) => begin(Math.min(waitMs, WAIT_MAX_MS)),
    rest() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
