/** Durations, times, sizes and limits as people write them on a command line. Each throws a `UsageError` that says how. */

/** Something about the words of the command; its message is all that the person needs. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const

/** `90s`, `45m`, `12h`, `30d`, `2w` in seconds; a bare 0 is 0. */
export function secondsIn(text: string, option: string): number {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? []
  if (text === '0') return 0
  if (count === undefined) throw new UsageError(`${option} ${text}: a duration is a number and s, m, h, d or w: 30d.`)
  return Number(count) * SECONDS[unit as keyof typeof SECONDS]
}

/** A duration from `now` on, a day or a time (RFC 3339), or `never`, as the API takes it. */
export function expiryIn(text: string, now: number): string | null {
  if (text === 'never') return null
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`
  if (/^\d{4}-/.test(text)) return text
  const time = now + secondsIn(text, '--expires') * 1000
  // The last moment that JavaScript can name.
  if (time > 8.64e15) throw new UsageError(`--expires ${text}: that is too far away. Use never.`)
  return new Date(time).toISOString()
}

const BYTES = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
} as const

/** `10GiB`, `500MB` or a number of bytes; `default` is null. */
export function bytesIn(text: string, option: string): number | null {
  if (text === 'default') return null
  const [, count, unit = 'B'] = /^(\d{1,15}(?:\.\d{1,3})?)([KMGT]?i?B)?$/i.exec(text) ?? []
  const factor = BYTES[unit.toUpperCase() as keyof typeof BYTES]
  if (count === undefined || factor === undefined) {
    throw new UsageError(`${option} ${text}: a size is a number of bytes, or one with a unit: 10GiB. 0: no limit.`)
  }
  return Math.round(Number(count) * factor)
}

/** A whole number; `default` is null. */
export function countIn(text: string, option: string): number | null {
  if (text === 'default') return null
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`${option} ${text}: give a number, 0 for no limit, or default.`)
  return Number(text)
}
