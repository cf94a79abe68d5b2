/** Keeps a zygote: starts it, replaces it when it ends, grows old or out of date, and lets jobs start cold meanwhile. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineParts, WarmOptions } from '../engine-options.ts'
import type { JobProcess, ProcessOrder } from '../job-process.ts'
import { type IdleChildren, keepIdleChildren } from './idle-children.ts'
import { createRestartPauses } from './restart-pauses.ts'
import { startWarmProcess } from './warm-process.ts'
import { startZygote, type Zygote } from './zygote.ts'

export interface WarmEngine {
  /** Resolves with whether a zygote is ready. */
  ready(): Promise<boolean>
  /** A process that has its job; null where none can be had at once, and the job must start cold. */
  start(order: ProcessOrder, signal: AbortSignal): Promise<JobProcess | null>
  /** The pid of the zygote that forks now, how many children wait, and how many jobs started warm and cold. */
  look(): { zygote: number | null; waiting: number; warm: number; cold: number }
  close(): Promise<void>
}

interface Generation {
  readonly zygote: Zygote
  readonly idle: IdleChildren
  /** Which yt-dlp and which authorities it has in memory. */
  readonly stamp: string
  readonly startedAt: number
  jobs: number
}

/** Nobody waits for it: jobs start cold meanwhile. */
const READY_WITHIN_MS = 60_000
/** A fork takes milliseconds, and on a busy machine a cold start would take longer than this. */
const CHILD_WITHIN_MS = 3_000
const BACKOFF_MS = 500

export function keepWarm(engine: EngineParts, options: WarmOptions): WarmEngine {
  const { jobsMax = 1_000, ageMaxMs = 6 * 3_600_000, backoffMs = BACKOFF_MS } = options
  let current: Generation | null = null
  let starting: Promise<void> | null = null
  const pauses = createRestartPauses(backoffMs)
  const closing = new AbortController()
  let again: NodeJS.Timeout | undefined
  const counts = { warm: 0, cold: 0 }
  const endings = new Set<Promise<void>>()

  /** Starts one and puts it in the place of the one before, which serves until then. */
  const begin = (): Promise<void> => {
    clearTimeout(again)
    again = undefined
    starting ??= bringUp().finally(() => {
      starting = null
    })
    return starting
  }

  async function bringUp(): Promise<void> {
    const stamp = stampOf(engine)
    let idle: IdleChildren | null = null
    try {
      const zygote = await startZygote({
        engine,
        signal: closing.signal,
        readyWithinMs: options.readyWithinMs ?? READY_WITHIN_MS,
        onChild: (child) => idle?.arrived(child),
      })
      idle = keepIdleChildren({ size: options.idleChildren, idleMs: options.idleSeconds * 1000, fork: zygote.fork })
      const next: Generation = { zygote, idle, stamp, startedAt: Date.now(), jobs: 0 }
      if (closing.signal.aborted) return retire(next)
      if (current !== null) retire(current)
      current = next
      idle.fill()
      void zygote.ended.then((words) => onEnd(next, words))
    } catch (error) {
      if (closing.signal.aborted) return
      engine.logger?.warn({ err: error }, 'yt-dlp could not be made ready, so jobs start cold')
      startLater(0)
    }
  }

  /** Waiting children need no zygote, but the next generation brings its own. */
  const onEnd = (generation: Generation, words: string): void => {
    if (current !== generation || closing.signal.aborted) return
    engine.logger?.warn({ words }, 'the zygote ended, so jobs start cold until there is another')
    current = null
    retire(generation)
    startLater(Date.now() - generation.startedAt)
  }

  /** `livedMs`: how long the zygote before it was ready; 0 where it never was. */
  const startLater = (livedMs: number): void => {
    if (closing.signal.aborted) return
    again = setTimeout(() => void begin(), pauses.next(livedMs))
  }

  const retire = (generation: Generation): void => {
    generation.idle.close()
    const ending: Promise<void> = generation.zygote
      .end()
      .catch((error: unknown) => engine.logger?.warn({ err: error }, 'the zygote was not ended properly'))
      .finally(() => endings.delete(ending))
    endings.add(ending)
  }

  /** The generation that may take a job. One with another yt-dlp in memory never does; an old one does its last work. */
  const usable = (): Generation | null => {
    if (current === null) return null
    if (current.stamp !== stampOf(engine)) {
      retire(current)
      current = null
      void begin()
    } else if (again === undefined && (current.jobs >= jobsMax || Date.now() - current.startedAt > ageMaxMs)) {
      void begin()
    }
    return current
  }

  return {
    async ready() {
      if (usable() === null && !closing.signal.aborted) await begin()
      return current !== null
    },
    async start(order, signal) {
      if (current === null && again === undefined && !closing.signal.aborted) void begin()
      const generation = usable()
      const child = (await generation?.idle.take(signal, CHILD_WITHIN_MS)) ?? null
      if (generation && child === null && !signal.aborted && current === generation) {
        // It is there and does not fork: whatever holds it, another will do better.
        current = null
        retire(generation)
        startLater(Date.now() - generation.startedAt)
      }
      if (child === null || generation === null) {
        counts.cold += 1
        return null
      }
      generation.jobs += 1
      counts.warm += 1
      return startWarmProcess(child, order)
    },
    look: () => ({ zygote: current?.zygote.pid ?? null, waiting: current?.idle.count ?? 0, ...counts }),
    async close() {
      closing.abort()
      clearTimeout(again)
      if (current !== null) retire(current)
      current = null
      await starting
      await Promise.all(endings)
    },
  }
}

/** Changes whenever another yt-dlp lies there, or other authorities, also behind a link: both are in memory by then. */
const stampOf = ({ home, authorityFile }: EngineParts): string =>
  [join(home, 'yt_dlp', 'version.py'), ...(authorityFile === undefined ? [] : [authorityFile])].map(fileStamp).join(' ')

function fileStamp(path: string): string {
  try {
    const { dev, ino, mtimeMs, size } = statSync(path)
    return [dev, ino, mtimeMs, size].join(':')
  } catch {
    return 'none'
  }
}
