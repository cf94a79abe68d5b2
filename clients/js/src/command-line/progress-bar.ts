/** One line that says how far it is, how fast, and how long it will take. Nothing is written where nobody looks. */

export interface Progress {
  readonly label: string
  /** 0 to 1. */
  readonly fraction: number
  readonly bytesPerSecond: number | null
  readonly secondsLeft: number | null
}

export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const WIDTH = 24
const EVERY_MS = 100
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

export function progressBar(screen: Screen, isQuiet: boolean) {
  const isShown = screen.isTTY === true && !isQuiet
  let shownAt = 0
  return {
    show(progress: Progress): void {
      if (!isShown || Date.now() - shownAt < EVERY_MS) return
      shownAt = Date.now()
      screen.write(`\r\u001b[K${barText(progress).slice(0, (screen.columns ?? 80) - 1)}`)
    },
    clear(): void {
      if (isShown && shownAt > 0) screen.write('\r\u001b[K')
    },
  }
}

export function barText({ label, fraction, bytesPerSecond, secondsLeft }: Progress): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * WIDTH)
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
  const speed = bytesPerSecond === null ? '' : `  ${sizeText(bytesPerSecond)}/s`
  const left = secondsLeft === null ? '' : `  ${timeText(secondsLeft)} left`
  return `${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %${speed}${left}  ${label}`
}

export function sizeText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${UNITS[step]}`
}

export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return (parts[0] === 0 ? parts.slice(1) : parts).map((part) => String(part).padStart(2, '0')).join(':')
}
