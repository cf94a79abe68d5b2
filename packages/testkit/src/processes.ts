/** Which processes there are, read from /proc (so on Linux only): for tests that look for leaks. */
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessEntry {
  readonly pid: number
  readonly parentPid: number
  readonly groupId: number
  /** The arguments joined by spaces; the bare name in parentheses where there are none. */
  readonly commandLine: string
}

/** Every process below `pid`, children first. Zombies, which hold nothing but their number, are left out. */
export function descendantsOf(pid: number): ProcessEntry[] {
  const all = processes()
  const below = (parentPid: number): ProcessEntry[] => {
    const children = all.filter((entry) => entry.parentPid === parentPid)
    return [...children, ...children.flatMap((child) => below(child.pid))]
  }
  return below(pid)
}

/** Whether the process still runs (or is stopped); a zombie does not. */
export const isAlive = (pid: number): boolean => readProcess(pid) !== null

/** Every other process whose command line holds `text`. */
export const processesMentioning = (text: string): ProcessEntry[] =>
  processes().filter(({ pid, commandLine }) => pid !== process.pid && commandLine.includes(text))

function processes(): ProcessEntry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => readProcess(Number(pid))).filter((entry) => entry !== null)
}

function readProcess(pid: number): ProcessEntry | null {
  const stat = readProc(pid, 'stat')
  if (stat === null) return null
  // The name stands in parentheses and may hold any character, these included; the fields begin after the last one.
  const [state, parentPid, groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z' || state === 'X') return null
  const commandLine = (readProc(pid, 'cmdline') ?? '').split('\0').join(' ').trim()
  const name = stat.slice(stat.indexOf('('), stat.lastIndexOf(')') + 1)
  return { pid, parentPid: Number(parentPid), groupId: Number(groupId), commandLine: commandLine || name }
}

/** Null where the process has gone meanwhile. */
function readProc(pid: number, file: 'stat' | 'cmdline'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}
