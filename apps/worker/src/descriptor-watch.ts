/** Watches how many file descriptors this process may still open: with too few, every job would fail for want of one. */
import { readdirSync, readFileSync } from 'node:fs'
import type { JobLog, Resources } from '@video-scraper/queue'

const LOOK_EVERY_MS = 1000
const OUT_OF_DESCRIPTORS = new Set<unknown>(['EMFILE', 'ENFILE'])

export interface DescriptorWatch extends Resources {
  stop(): void
}

interface DescriptorWatchOptions {
  /** As many must be free for a job to be taken. */
  needed: number
  log: Pick<JobLog, 'warn' | 'info'>
  /** How many are free. Default: as Linux says. */
  free?: () => number
}

export function createDescriptorWatch({
  needed,
  log,
  free = freeDescriptors,
}: DescriptorWatchOptions): DescriptorWatch {
  let waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined

  const look = () => {
    if (free() < needed) return
    clearInterval(timer)
    timer = undefined
    log.info({ free: free() }, 'there are enough file descriptors again, so jobs are taken')
    for (const resume of waiting) resume()
    waiting = []
  }

  return {
    hasEnough: () => free() >= needed,
    untilEnough: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        if (timer !== undefined) return
        log.warn(
          { free: free(), needed },
          'the worker has too few free file descriptors and takes no jobs. Raise its limit of open files (ulimit -n)',
        )
        timer = setInterval(look, LOOK_EVERY_MS)
      }),
    stop: () => clearInterval(timer),
  }
}

/** 0 where not even the question can be asked any more; infinite where the system does not tell. */
function freeDescriptors(): number {
  try {
    const [, limit] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit) - readdirSync('/proc/self/fd').length
  } catch (error) {
    return OUT_OF_DESCRIPTORS.has((error as NodeJS.ErrnoException).code) ? 0 : Number.POSITIVE_INFINITY
  }
}
