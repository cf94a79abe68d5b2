/** Measures what a job's processes take of processor and memory, all of them together, and ends what takes too much. */
import { readdirSync, readFileSync } from 'node:fs'

/** 0: no limit. */
export interface ConsumptionLimits {
  /** Of one attempt, on all its processes and threads. */
  readonly cpuSeconds: number
  /** At any moment, without what is shared with files and other processes' files. */
  readonly memoryBytes: number
}

export type Overrun = 'cpu_limit_exceeded' | 'memory_limit_exceeded'

/** One look costs some milliseconds where there are many processes, so all jobs share it. */
const EVERY_MS = 1_000
/** Linux counts processor time for programs in hundredths of a second, on every architecture. */
const TICKS_PER_SECOND = 100
const KIB = 1024

interface Watched {
  readonly limits: ConsumptionLimits
  readonly onOverrun: (overrun: Overrun) => void
  /** What a process that was ready ahead of its job had used before. */
  earlierTicks: number | null
}

export interface ConsumptionWatch {
  /** Watches a process group from now on, until the function that it returns is called. Calls `onOverrun` once at most. */
  watch(leader: number, limits: ConsumptionLimits, onOverrun: (overrun: Overrun) => void): () => void
}

/** Has a timer only while there is something to watch. `everyMs`: tests look more often. */
export function createConsumptionWatch({ everyMs = EVERY_MS } = {}): ConsumptionWatch {
  const watched = new Map<number, Watched>()
  let timer: NodeJS.Timeout | undefined

  const look = (): void => {
    const taken = consumptionOf(watched)
    for (const [leader, each] of [...watched]) {
      const { ticks, bytes } = taken.get(leader) ?? { ticks: 0, bytes: 0 }
      each.earlierTicks ??= ticks
      const overrun = overrunOf(each.limits, (ticks - each.earlierTicks) / TICKS_PER_SECOND, bytes)
      if (overrun === null) continue
      unwatch(leader)
      each.onOverrun(overrun)
    }
  }
  const unwatch = (leader: number): void => {
    watched.delete(leader)
    if (watched.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    watch(leader, limits, onOverrun) {
      if (limits.cpuSeconds === 0 && limits.memoryBytes === 0) return () => undefined
      watched.set(leader, { limits, onOverrun, earlierTicks: readUsage(String(leader))?.ticks ?? 0 })
      timer ??= setInterval(look, everyMs)
      return () => unwatch(leader)
    },
  }
}

function overrunOf({ cpuSeconds, memoryBytes }: ConsumptionLimits, seconds: number, bytes: number): Overrun | null {
  if (memoryBytes > 0 && bytes > memoryBytes) return 'memory_limit_exceeded'
  return cpuSeconds > 0 && seconds > cpuSeconds ? 'cpu_limit_exceeded' : null
}

interface Taken {
  ticks: number
  bytes: number
}

/** The sum of each group. A child that was waited for is counted in its parent, so that nothing is forgotten. */
function consumptionOf(groups: ReadonlyMap<number, unknown>): Map<number, Taken> {
  const sums = new Map<number, Taken>()
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const usage = readUsage(pid)
    if (usage === null || !groups.has(usage.group)) continue
    const sum = sums.get(usage.group) ?? { ticks: 0, bytes: 0 }
    sums.set(usage.group, { ticks: sum.ticks + usage.ticks, bytes: sum.bytes + memoryOf(pid) })
  }
  return sums
}

/** The fields behind the name, which stands in parentheses and may hold any character. Null for one that has ended. */
function readUsage(pid: string): { group: number; ticks: number } | null {
  const stat = readProc(pid, 'stat')
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { group: Number(fields[2]), ticks }
}

/** What it alone has in memory; all that is resident where the kernel does not tell that apart. */
function memoryOf(pid: string): number {
  const status = readProc(pid, 'status') ?? ''
  const [, kilobytes = '0'] = /^RssAnon:\s+(\d+) kB/m.exec(status) ?? /^VmRSS:\s+(\d+) kB/m.exec(status) ?? []
  return Number(kilobytes) * KIB
}

function readProc(pid: string, file: 'stat' | 'status'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}
