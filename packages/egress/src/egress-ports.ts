/** The ports that jobs may reach, as `EGRESS_PORTS` lists them. */
import { EGRESS_PORTS } from './target-policy.ts'

/**
 * Reads the setting: numbers from 1 to 65535 separated by commas, blanks around them ignored; empty means the default.
 * @throws Error naming the first entry that is no port.
 */
export function parseEgressPorts(text: string): readonly number[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const ports = entries.map((entry) => {
    const port = /^\d{1,5}$/.test(entry) ? Number(entry) : 0
    if (port < 1 || port > 65_535) throw new Error(`EGRESS_PORTS: "${entry}" is not a port from 1 to 65535.`)
    return port
  })
  return ports.length > 0 ? ports : EGRESS_PORTS
}
