/** Whether this process may give jobs users of their own: which privileges of the superuser that takes. */
import { readFileSync } from 'node:fs'

/** By their numbers (capability.h). */
const NEEDED = {
  /** A folder changes its owner with each attempt. */
  CAP_CHOWN: 0,
  /** The worker follows a file that grows, and sweeps what a killed job has left. */
  CAP_DAC_OVERRIDE: 1,
  CAP_KILL: 5,
  CAP_SETGID: 6,
  CAP_SETUID: 7,
  /** What lies in files that have no name any more is seen through a process's descriptors. */
  CAP_SYS_PTRACE: 19,
} as const

/** The names of those that are missing; empty where none is. */
export function missingPrivileges(): string[] {
  const held = BigInt(`0x${/^CapEff:\s+([0-9a-f]+)$/m.exec(ownStatus())?.[1] ?? '0'}`)
  return Object.entries(NEEDED)
    .filter(([, bit]) => ((held >> BigInt(bit)) & 1n) === 0n)
    .map(([name]) => name)
}

function ownStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}
