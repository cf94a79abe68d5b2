/** What process groups take of the machine at this moment, read from `/proc`. */
import { readdirSync, readFileSync, statSync } from 'node:fs'

export interface Taken {
  /** Processor time, with that of children that were waited for. */
  ticks: number
  /** What processes have in memory, and what lies in their files without a name. */
  bytes: number
  processes: number
  threads: number
}

export interface GroupReader {
  /** The sum of each group; of one without processes none. Null where this process has no free file descriptor to look with. */
  read(groups: ReadonlyMap<number, unknown>): Map<number, Taken> | null
  /**
   * Which of these groups have more in memory than their bound in bytes, files without a name left out. Costs a tenth of `read`
   * where none has.
   */
  beyond(bounds: ReadonlyMap<number, number>): number[]
  /** Call it when another group is to be read: its processes may have been there before. */
  forget(): void
}

/** A group with more processes is ended for that, and these are not looked at one by one. */
export const PROCESSES_READ_MAX = 64
const NOTHING: Taken = { ticks: 0, bytes: 0, processes: 0, threads: 0 }
const KIB = 1024
/** The kernel counts what is resident of each processor apart, and adds it up roughly. */
const NEARLY = 0.9

/**
 * Most processes of a machine belong to no job. Each of them is read once, and passed over while it is there: a process of a job
 * is in its group from its first moment, and none comes into one later.
 */
export function createGroupReader(): GroupReader {
  /** By process, as it was at the last look. */
  let groupOf = new Map<string, number>()
  const pageBytes = bytesOfPage()

  /** Calls `see` with each process of these groups. False where this process has no free file descriptor to look with. */
  const lookThrough = (groups: ReadonlyMap<number, unknown>, see: (pid: string, group: number) => void): boolean => {
    const pids = processIds()
    if (pids === null) return false
    const before = groupOf
    groupOf = new Map()
    for (const pid of pids) {
      const group = before.get(pid) ?? readUsage(pid)?.group
      if (group === undefined) continue
      groupOf.set(pid, group)
      if (groups.has(group)) see(pid, group)
    }
    return true
  }

  return {
    read(groups) {
      const sums = new Map<number, Taken>()
      return lookThrough(groups, (pid) => addTo(sums, pid)) ? sums : null
    },
    beyond(bounds) {
      const members = new Map<number, string[]>()
      lookThrough(bounds, (pid, group) => members.set(group, [...(members.get(group) ?? []), pid]))
      return [...members]
        .filter(([group, pids]) => isBeyond(pids, bounds.get(group) ?? 0, pageBytes))
        .map(([group]) => group)
    },
    forget() {
      groupOf = new Map()
    },
  }
}

function addTo(sums: Map<number, Taken>, pid: string): void {
  const usage = readUsage(pid)
  if (usage === null) return
  const { ticks, bytes, processes, threads } = sums.get(usage.group) ?? NOTHING
  sums.set(usage.group, {
    ticks: ticks + usage.ticks,
    bytes: bytes + (processes < PROCESSES_READ_MAX ? memoryOf(pid) + namelessBytesOf(pid) : 0),
    processes: processes + 1,
    threads: threads + usage.threads,
  })
}

/** All that is resident is quickly read, and hardly less than what counts. */
function isBeyond(pids: readonly string[], bytesMax: number, pageBytes: number): boolean {
  const read = pids.slice(0, PROCESSES_READ_MAX)
  const sum = (of: (pid: string) => number): number => read.reduce((total, pid) => total + of(pid), 0)
  return sum(residentPagesOf) * pageBytes > bytesMax * NEARLY && sum(memoryOf) > bytesMax
}

function processIds(): string[] | null {
  try {
    return readdirSync('/proc').filter((name) => DIGITS.test(name))
  } catch {
    return null
  }
}

const DIGITS = /^\d+$/

interface Usage {
  readonly group: number
  readonly ticks: number
  readonly threads: number
}

/** The fields behind the name, which stands in parentheses and may hold any character. Null for one that has ended. */
export function readUsage(pid: string): Usage | null {
  const stat = readProc(pid, 'stat')
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { group: Number(fields[2]), ticks, threads: Number(fields[17]) }
}

const residentPagesOf = (pid: string): number => Number(readProc(pid, 'statm')?.split(' ')[1] ?? 0)

/** The kernel tells the size of this process in pages and in kilobytes. */
function bytesOfPage(): number {
  const [pages] = (readProc('self', 'statm') ?? '').split(' ').map(Number)
  const [, kilobytes] = /^VmSize:\s+(\d+) kB/m.exec(readProc('self', 'status') ?? '') ?? []
  return 2 ** Math.round(Math.log2((Number(kilobytes) * KIB) / (pages ?? 0)))
}

/** What it has in memory, and in swap, of its own, and shares without a file; all that is resident where the kernel does not tell. */
function memoryOf(pid: string): number {
  const status = readProc(pid, 'status') ?? ''
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
  const resident = status.includes('\nRssAnon:') ? kilobytes('RssAnon') + kilobytes('RssShmem') : kilobytes('VmRSS')
  return (resident + kilobytes('VmSwap')) * KIB
}

/** A job can open no more (`packages/ytdlp/python/confine.py`). */
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

function readProc(pid: string, file: 'stat' | 'statm' | 'status'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}
