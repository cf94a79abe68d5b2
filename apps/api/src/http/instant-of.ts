/** Reads an instant that a client wrote. */
import { invalidRequest } from './errors.ts'

/** Epoch milliseconds. Throws `invalid_request` for an instant that no calendar has. */
export function epochMs(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw invalidRequest([{ field: `/${field}`, message: 'is not an instant' }])
  return time
}
