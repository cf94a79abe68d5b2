/** How long an upload may take: without any movement, at too low a rate, and for the answer after the last byte. */

/** A target takes at least this much of the body within `slowMs`. A trickle is no silence, and would hold a slot for hours. */
const SLOW_BYTES = 1024 * 1024

interface ClockOptions {
  /** Called once, when it has taken too long. */
  onLate(): void
  /** How long nothing may move, in milliseconds; 0 for ever. */
  stallMs: number
  /** The time in which `SLOW_BYTES` are taken at the least, in milliseconds. */
  slowMs: number
  /** How long the answer may take after the last byte, in milliseconds; 0 for ever. */
  answerMs: number
}

export interface UploadClock {
  /** The body is wanted. */
  begun(): void
  moved(bytes: number): void
  /** The last byte has been taken. */
  sent(): void
  /** Nothing is called from now on, whatever still moves: a piece may be taken after the answer. */
  end(): void
}

export function startUploadClock({ onLate, stallMs, slowMs, answerMs }: ClockOptions): UploadClock {
  let ended = false
  let silence: NodeJS.Timeout | undefined
  let rate: NodeJS.Timeout | undefined
  let taken = 0
  const end = () => {
    ended = true
    clearTimeout(silence)
    clearInterval(rate)
  }
  const late = () => {
    end()
    onLate()
  }
  const wait = (ms: number) => {
    clearTimeout(silence)
    silence = ms > 0 && !ended ? setTimeout(late, ms) : undefined
  }
  const look = () => {
    if (taken < SLOW_BYTES) return late()
    taken = 0
  }
  wait(stallMs)
  return {
    begun() {
      wait(stallMs)
      clearInterval(rate)
      if (!ended) rate = setInterval(look, slowMs)
    },
    moved(bytes) {
      taken += bytes
      wait(stallMs)
    },
    sent() {
      clearInterval(rate)
      wait(answerMs)
    },
    end,
  }
}
