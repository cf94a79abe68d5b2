/** Measures what a job's processes take of the machine, all of them together, and ends what takes too much. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { folderUse } from './folder-use.ts'

/** 0: no limit. */
export interface ConsumptionLimits {
  /** Of one attempt, on all its processes and threads. */
  readonly cpuSeconds: number
  /**
   * At any moment: what processes have of their own, what they share with each other, and files that are open and have no
   * name any more, but nothing of files that have one.
   */
  readonly memoryBytes: number
}

/** A folder that may not grow beyond so many bytes. */
export interface WatchedFolder {
  readonly path: string
  readonly bytesMax: number
}

export type Overrun = 'cpu_limit_exceeded' | 'memory_limit_exceeded' | 'file_too_large'

/** One look costs some milliseconds where there are many processes, so all jobs share it. */
const EVERY_MS = 1_000
/** Linux counts processor time for programs in hundredths of a second, on every architecture. */
const TICKS_PER_SECOND = 100
const KIB = 1024
/** An honest job has a handful of processes, and its JavaScript runtime and ffmpeg some threads for each processor. */
const PROCESSES_MAX = 64
const THREADS_MAX = 512

interface Watched {
  readonly limits: ConsumptionLimits
  readonly onOverrun: (overrun: Overrun) => void
  readonly folder: WatchedFolder | null
  /** Its folder is being looked at. One look can take longer than the time between two, and looks beside each other slow each other down. */
  isLookedInto: boolean
  /** What a process that was ready ahead of its job had used before. */
  earlierTicks: number | null
  /** Since then, at the last look. */
  cpuSeconds: number
}

export interface ConsumptionWatch {
  /** Watches a process group from now on, until the function that it returns is called. Calls `onOverrun` once at most. */
  watch(
    leader: number,
    limits: ConsumptionLimits,
    onOverrun: (overrun: Overrun) => void,
    folder?: WatchedFolder,
  ): () => void
  /** Processor time of a watched group at the last look; 0 where it is not watched. */
  cpuSecondsOf(leader: number): number
}

/** Has a timer only while there is something to watch. `everyMs`: tests look more often. */
export function createConsumptionWatch({ everyMs = EVERY_MS } = {}): ConsumptionWatch {
  const watched = new Map<number, Watched>()
  let timer: NodeJS.Timeout | undefined

  const end = (leader: number, each: Watched, overrun: Overrun): void => {
    // It may have ended while its folder was looked at.
    if (watched.get(leader) !== each) return
    unwatch(leader)
    each.onOverrun(overrun)
  }
  const look = (): void => {
    const taken = consumptionOf(watched)
    // Without a free descriptor nothing can be read; the next look is in a second.
    if (taken === null) return
    for (const [leader, each] of [...watched]) {
      const { folder } = each
      const group = taken.get(leader) ?? NOTHING
      each.earlierTicks ??= group.ticks
      each.cpuSeconds = (group.ticks - each.earlierTicks) / TICKS_PER_SECOND
      const overrun = overrunOf(each, group)
      if (overrun !== null) end(leader, each, overrun)
      else if (folder !== null && !each.isLookedInto) {
        each.isLookedInto = true
        void folderUse(folder.path, folder.bytesMax).then((bytes) => {
          each.isLookedInto = false
          if (bytes > folder.bytesMax) end(leader, each, 'file_too_large')
        })
      }
    }
  }
  const unwatch = (leader: number): void => {
    watched.delete(leader)
    if (watched.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    watch(leader, limits, onOverrun, folder) {
      const earlierTicks = readUsage(String(leader))?.ticks ?? 0
      watched.set(leader, {
        limits,
        onOverrun,
        folder: folder ?? null,
        isLookedInto: false,
        earlierTicks,
        cpuSeconds: 0,
      })
      timer ??= setInterval(look, everyMs)
      return () => unwatch(leader)
    },
    cpuSecondsOf: (leader) => watched.get(leader)?.cpuSeconds ?? 0,
  }
}

function overrunOf({ limits, cpuSeconds }: Watched, { bytes, processes, threads }: Taken): Overrun | null {
  if (limits.memoryBytes > 0 && bytes > limits.memoryBytes) return 'memory_limit_exceeded'
  // Each of them is memory that nobody counts: of the kernel.
  if (processes > PROCESSES_MAX || threads > THREADS_MAX) return 'memory_limit_exceeded'
  return limits.cpuSeconds > 0 && cpuSeconds > limits.cpuSeconds ? 'cpu_limit_exceeded' : null
}

interface Taken {
  ticks: number
  bytes: number
  processes: number
  threads: number
}

const NOTHING: Taken = { ticks: 0, bytes: 0, processes: 0, threads: 0 }

/**
 * The sum of each group. A child that was waited for is counted in its parent, so that nothing is forgotten. Null where this
 * process has no free file descriptor to look with.
 */
function consumptionOf(groups: ReadonlyMap<number, unknown>): Map<number, Taken> | null {
  const sums = new Map<number, Taken>()
  const pids = processIds()
  if (pids === null) return null
  for (const pid of pids) {
    if (!/^\d+$/.test(pid)) continue
    const usage = readUsage(pid)
    if (usage === null || !groups.has(usage.group)) continue
    const sum = sums.get(usage.group) ?? NOTHING
    sums.set(usage.group, {
      ticks: sum.ticks + usage.ticks,
      // A group with too many processes is ended for that, and not looked at one by one.
      bytes: sum.bytes + (sum.processes < PROCESSES_MAX ? memoryOf(pid) + namelessBytesOf(pid) : 0),
      processes: sum.processes + 1,
      threads: sum.threads + usage.threads,
    })
  }
  return sums
}

function processIds(): string[] | null {
  try {
    return readdirSync('/proc')
  } catch {
    return null
  }
}

/** The fields behind the name, which stands in parentheses and may hold any character. Null for one that has ended. */
function readUsage(pid: string): { group: number; ticks: number; threads: number } | null {
  const stat = readProc(pid, 'stat')
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { group: Number(fields[2]), ticks, threads: Number(fields[17]) }
}

/** What it has in memory of its own, and shares without a file; all that is resident where the kernel does not tell. */
function memoryOf(pid: string): number {
  const status = readProc(pid, 'status') ?? ''
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
  return (status.includes('\nRssAnon:') ? kilobytes('RssAnon') + kilobytes('RssShmem') : kilobytes('VmRSS')) * KIB
}

const DESCRIPTORS_MAX = 256
const BLOCK_BYTES = 512

/** What lies in files that are open and have no name: no folder shows them, and `memfd_create` makes them in memory. */
function namelessBytesOf(pid: string): number {
  try {
    const descriptors = readdirSync(`/proc/${pid}/fd`).slice(0, DESCRIPTORS_MAX)
    return descriptors.reduce((sum, name) => sum + namelessBytes(`/proc/${pid}/fd/${name}`), 0)
  } catch {
    // It has ended, or is not ours to look into.
    return 0
  }
}

function namelessBytes(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat?.isFile() && stat.nlink === 0 ? stat.blocks * BLOCK_BYTES : 0
}

function readProc(pid: string, file: 'stat' | 'status'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}
