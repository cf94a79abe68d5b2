/** Notices when a download has stopped moving, though its connection is still open. */

export interface StallWatch {
  /** Something moved: the time begins anew. */
  moved(): void
  /** Nothing is expected to move: parts are put together, or all is over. */
  rest(): void
}

/** Calls `onStall` after `stallMs` without movement, from the first movement on. 0 turns it off. */
export function watchForStall(stallMs: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined
  return {
    moved() {
      if (timer !== undefined) timer.refresh()
      else if (stallMs > 0) timer = setTimeout(onStall, stallMs)
    },
    rest() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
