/** Reads and writes the dates of HTTP, as RFC 9110 section 5.6.7 spells them. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The one form that is written, and two obsolete ones that must still be read. */
const FORMS = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) (?<month>\w{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d{2})-(?<month>\w{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>\w{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
]

/** Epoch seconds, or null for what is not exactly a date of HTTP: a condition with such a date must be ignored. */
export function readHttpDate(text: string): number | null {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups
    if (groups) return secondsOf(groups)
  }
  return null
}

function secondsOf({ year = '', month = '', day = '', time = '' }: Record<string, string>): number | null {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  const date = new Date(
    Date.UTC(fullYear(year), MONTHS.indexOf(month), Number(day), hour, minute, Math.min(second, 59)),
  )
  // Date rolls the 31st of February over, and day 0 or an unknown month back; a leap second counts as the one before.
  const exact = MONTHS[date.getUTCMonth()] === month
  return exact && hour < 24 && minute < 60 && second <= 60 ? date.getTime() / 1000 : null
}

/** Two digits lie less than fifty years ahead of this decade; no clock is asked. */
const fullYear = (year: string) => (year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900))

/** The form `Sun, 06 Nov 1994 08:49:37 GMT`, with the part of a second cut off. */
export const writeHttpDate = (epochMs: number): string => new Date(epochMs).toUTCString()
