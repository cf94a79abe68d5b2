/** Measures what a job's processes take of the machine, all of them together, and ends what takes too much. */
import { folderUse } from './folder-use.ts'
import { createGroupReader, PROCESSES_READ_MAX, readUsage, type Taken } from './group-usage.ts'

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

/** A peak of half a second is seen although a look may come a quarter late. All jobs share the looks. */
const EVERY_MS = 250
/** Every so many looks all is looked at; else the memory of processes alone, which costs a tenth. */
const WHOLE_EVERY = 4
/** A job that is found beyond its bound of memory is looked at once more after so many milliseconds. */
const AGAIN_AFTER_MS = 40
/** Linux counts processor time for programs in hundredths of a second, on every architecture. */
const TICKS_PER_SECOND = 100
/** An honest job has a handful of processes, and its JavaScript runtime and ffmpeg some threads for each processor. */
const PROCESSES_MAX = PROCESSES_READ_MAX
const THREADS_MAX = 512
const NOTHING: Taken = { ticks: 0, bytes: 0, processes: 0, threads: 0 }

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

/** Has a timer only while there is something to watch. */
export function createConsumptionWatch(): ConsumptionWatch {
  const watched = new Map<number, Watched>()
  const groups = createGroupReader()
  let looks = 0
  let timer: NodeJS.Timeout | undefined

  const end = (leader: number, each: Watched, overrun: Overrun): void => {
    // It may have ended while its folder was looked at.
    if (watched.get(leader) !== each) return
    unwatch(leader)
    each.onOverrun(overrun)
  }
  /** Until it runs a program of its own, a new process shows what its parent has, and both would count. */
  const lookAgain = (leader: number): void => {
    const each = watched.get(leader)
    const bound = each?.limits.memoryBytes ?? 0
    if (each && bound > 0 && groups.beyond(new Map([[leader, bound]])).length > 0)
      end(leader, each, 'memory_limit_exceeded')
  }
  const lookAtMemory = (): void => {
    const bounds = new Map(
      [...watched].map(([leader, { limits }]) => [leader, limits.memoryBytes || Number.POSITIVE_INFINITY]),
    )
    for (const leader of groups.beyond(bounds)) setTimeout(() => lookAgain(leader), AGAIN_AFTER_MS)
  }
  const lookAtAll = (): void => {
    const taken = groups.read(watched)
    // Without a free descriptor nothing can be read; the next look comes soon.
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
  const look = (): void => {
    looks += 1
    if (looks % WHOLE_EVERY === 0) lookAtAll()
    else lookAtMemory()
  }
  const unwatch = (leader: number): void => {
    watched.delete(leader)
    if (watched.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    watch(leader, limits, onOverrun, folder) {
      groups.forget()
      const earlierTicks = readUsage(String(leader))?.ticks ?? 0
      watched.set(leader, {
        limits,
        onOverrun,
        folder: folder ?? null,
        isLookedInto: false,
        earlierTicks,
        cpuSeconds: 0,
      })
      timer ??= setInterval(look, EVERY_MS)
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
