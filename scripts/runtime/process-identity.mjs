/** Tells processes apart for longer than their numbers do: a number may be given to another process later. */
import { readFileSync, readlinkSync } from 'node:fs'

const read = (work) => {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** What the kernel tells about a living process, from its state on; undefined when there is no such process. */
function fieldsOf(pid) {
  const text = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The name in parentheses may hold spaces. After it comes the third field.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields?.[0] === 'Z' ? undefined : fields
}

/** The number of a process's parent, as text; undefined when there is no such process. */
export const parentOf = (pid) => fieldsOf(pid)?.[1]

/** When a process was started, in clock ticks since the machine's start: the 22nd field. */
const startTime = (pid) => fieldsOf(pid)?.[19]

/** This start of this machine, and the set of process numbers in which we count. */
const world = () => [
  read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  read(() => readlinkSync('/proc/self/ns/pid')),
]

/** What to write down about a process so that it can be known again. */
export const identify = (pid) => ({ pid, startTime: startTime(pid), world: world() })

/** Whether the process that was written down still runs. Where there is no /proc, nothing is ever recognised. */
export function stillRuns({ pid, startTime: then, world: its }) {
  return then !== undefined && startTime(pid) === then && its.join() === world().join()
}
