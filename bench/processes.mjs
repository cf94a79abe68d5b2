/** What the kernel says about a process: memory and processor time. */
import { readFile } from 'node:fs/promises'

const KIB = 1024
/** Linux counts processor time in these, on every machine. */
const TICKS_PER_SECOND = 100

async function kilobytesOf(file, field) {
  const [, amount] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(await readFile(file, 'utf8')) ?? []
  if (amount === undefined) throw new Error(`${file} does not name ${field}.`)
  return Number(amount) * KIB
}

/** Bytes in memory: all that the process uses, and its fair share of what it has in common with others. */
export const memoryOf = async (pid) => ({
  resident: await kilobytesOf(`/proc/${pid}/status`, 'VmRSS'),
  proportional: await kilobytesOf(`/proc/${pid}/smaps_rollup`, 'Pss'),
})

/** Bytes in memory that no other process has a part in. */
export async function privateMemoryOf(pid) {
  const file = `/proc/${pid}/smaps_rollup`
  return (await kilobytesOf(file, 'Private_Clean')) + (await kilobytesOf(file, 'Private_Dirty'))
}

/** Seconds of processor time that the process has used so far, on all its threads. */
export async function processorSecondsOf(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}
