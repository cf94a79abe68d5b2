/** The operator's exceptions: exact `host:port` pairs that may lie inside, as `EGRESS_ALLOW` lists them. */
import { normalHostName } from './host-name.ts'

const ENTRY = /^(\[[^\]]+\]|[^:[\]*]+):(\d{1,5})$/

/**
 * Reads one exception and returns it in the one spelling that checking compares with.
 * @throws Error with a sentence for the operator.
 */
export function egressAllowEntry(entry: string): string {
  const [, written = '', digits = ''] = ENTRY.exec(entry) ?? []
  const host = normalHostName(written)
  const port = Number(digits)
  if (!host || port < 1 || port > 65_535) {
    throw new Error(
      `EGRESS_ALLOW: "${entry}" is not host:port as written in the URL, such as video.example:9000 or [::1]:9000.`,
    )
  }
  return `${host}:${port}`
}

/**
 * Reads the whole setting: entries separated by commas, blanks around them ignored; empty means no exceptions.
 * @throws Error naming the first entry that is not `host:port`.
 */
export const parseEgressAllow = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(egressAllowEntry)
