/** The processes of a job's user: whether there are any, and their end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const OWN_USER = fileURLToPath(new URL('../../python/own_user.py', import.meta.url))
const END_WITHIN_MS = 10_000
const POLL_MS = 20

/** The numbers of all users that have a process which has not ended. */
export function usersWithProcesses(): Set<number> {
  const users = new Set<number>()
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const status = statusOf(pid)
    const uid = /^Uid:\t(\d+)/m.exec(status)?.[1]
    // One that has ended and was not collected holds nothing but its number.
    if (uid !== undefined && !/^State:\t[ZX]/m.test(status)) users.add(Number(uid))
  }
  return users
}

export interface Ender {
  readonly python: string
  /** The folder that holds `capabilities.py`. */
  readonly modules: string
}

/**
 * Ends all processes of a user, also those that left their group or their parent. Resolves with whether none is left; within
 * ten seconds, as a process may wait for a disk that does not answer.
 */
export async function endProcessesOf(uid: number, { python, modules }: Ender): Promise<boolean> {
  for (const deadline = Date.now() + END_WITHIN_MS; usersWithProcesses().has(uid); await sleep(POLL_MS)) {
    if (Date.now() > deadline) return false
    // As that user, since only the kernel can signal all of them at once.
    const ender = spawn(python, ['-I', '-S', OWN_USER, String(uid), modules], { env: {}, stdio: 'ignore' })
    await once(ender, 'exit').catch(() => undefined)
  }
  return true
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
