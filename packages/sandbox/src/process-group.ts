/** A job's processes are one group, and the group is stopped, not its leader: ffmpeg would survive it. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StopReason } from '@video-scraper/core'

interface Step {
  readonly afterMs: number
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'
}

const GENTLE: readonly Step[] = [
  { afterMs: 0, signal: 'SIGINT' },
  { afterMs: 2_000, signal: 'SIGTERM' },
  { afterMs: 4_000, signal: 'SIGKILL' },
]
const QUICK: readonly Step[] = [
  { afterMs: 0, signal: 'SIGINT' },
  { afterMs: 1_000, signal: 'SIGKILL' },
]

/** How each reason stops a group. Partial files are whole in every case; only a shutdown has time to be gentle. */
const stopSteps = {
  shutdown: GENTLE,
  cancelled: QUICK,
  timeout: QUICK,
  stalled: QUICK,
  option_unavailable: [{ afterMs: 0, signal: 'SIGKILL' }],
  // It may not even come round to hear a gentler word, and takes from all others until it is gone.
  cpu_limit_exceeded: [{ afterMs: 0, signal: 'SIGKILL' }],
  memory_limit_exceeded: [{ afterMs: 0, signal: 'SIGKILL' }],
  file_too_large: [{ afterMs: 0, signal: 'SIGKILL' }],
  // Another worker may already have the job: nothing may be written any more.
  lock_lost: [{ afterMs: 0, signal: 'SIGKILL' }],
  // It has ended by itself: it found the folder busy.
  folder_busy: QUICK,
  entries_unfinished: QUICK,
  answer_known: QUICK,
} as const satisfies Record<StopReason, readonly Step[]>

/** Signals a group step by step. Returns a function that calls the later steps off, for when the leader has ended. */
export function stopInSteps(leader: number, reason: StopReason): () => void {
  const timers = stopSteps[reason].map(({ afterMs, signal }) =>
    afterMs === 0 ? signalGroup(leader, signal) : setTimeout(() => signalGroup(leader, signal), afterMs),
  )
  return () => {
    for (const timer of timers) if (typeof timer === 'object') clearTimeout(timer)
  }
}

const POLL_MS = 10
const KILL_AGAIN_MS = 500

/** Kills what is left of a group whose leader has ended, and resolves when nothing of it runs any more. */
export async function endGroup(leader: number): Promise<void> {
  for (let waitedMs = 0; signalGroup(leader, 0) && hasLivingMember(leader); waitedMs += POLL_MS) {
    if (waitedMs % KILL_AGAIN_MS === 0) signalGroup(leader, 'SIGKILL')
    await sleep(POLL_MS)
  }
}

/** False when there is no such group any more. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  // To the kernel, -1 is every process there is and -0 our own group.
  if (leader <= 1) return false
  try {
    return process.kill(-leader, signal)
  } catch {
    return false
  }
}

/** Whether a leader of a group is still there and has not ended. Another process that got its number leads no group of it. */
export function isRunning(leader: number): boolean {
  const [state, , groupId] = statOf(String(leader))
  return groupId === String(leader) && state !== 'Z' && state !== 'X'
}

/** Orphans that ended but were not collected still count as a group; where nobody collects them, for ever. */
function hasLivingMember(leader: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false
    const [state, , groupId] = statOf(name)
    return groupId === String(leader) && state !== 'Z' && state !== 'X'
  })
}

/** The fields behind the name, which stands in parentheses and may hold any character. Empty for a process that ended. */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
