/** A user of its own for each job that runs, from a block of numbers that this worker alone gives out. */
import { lstat } from 'node:fs/promises'
import { JobFailure, Stop } from '@video-scraper/core'
import { isLeased } from '../lease.ts'
import { giveFolder, ownersChangeIn, takeFolderBack } from './folder-owner.ts'
import { missingPrivileges } from './privileges.ts'
import { BLOCK_USERS, BLOCKS, claimBlock } from './user-block.ts'
import { type Ender, endProcessesOf, usersWithProcesses } from './user-processes.ts'

export interface JobUsersOptions {
  readonly python: string
  /** The first number; 64 blocks of 256 follow. 0: none, jobs share the user of the worker. */
  readonly from: number
  /** Where workers of one disk say which numbers they have. Made where it is missing. */
  readonly lockFolder: string
  /** The folder that holds `capabilities.py` (`SANDBOX_MODULES` of the sandbox package). */
  readonly modules: string
  /** Paths that every job must reach; where one cannot, jobs share the user of the worker. */
  readonly reach: readonly string[]
}

export interface JobUser {
  readonly uid: number
  /** What the runner is notified (`python/own_user.py`). */
  readonly settings: { readonly uid: number; readonly modules: string }
  /** Gives it the job's folder with all that is in it. Rejects with the `Stop` `folder_busy` where another job's user has it and works there. */
  own(folder: string): Promise<void>
  /**
   * Ends what is left of its processes, gives the folder back to the worker, and the number to the next job. Never rejects.
   * Does nothing the second time: the number is another job's by then.
   */
  release(folder: string | null): Promise<void>
}

export interface JobUsers {
  readonly reach: readonly string[]
  /** Throws where none is free. */
  take(): JobUser
  close(): void
}

/** A folder in the job's own in which a later attempt works, while this one's is busy. It is given away by itself. */
const APART = 'apart'

/** Resolves with the reason, one sentence, where this process cannot have users for its jobs. */
export async function openJobUsers({
  python,
  from,
  lockFolder,
  modules,
  reach,
}: JobUsersOptions): Promise<JobUsers | string> {
  if (from === 0) return 'JOB_USERS_FROM is 0.'
  const missing = missingPrivileges()
  if (missing.length > 0) return `The worker lacks ${missing.join(', ')}.`
  const block = await claimBlock({ python, from, folder: lockFolder })
  if (block === null) return `All ${BLOCKS} blocks of users are taken by other workers.`
  if (!(await ownersChangeIn(lockFolder, block.first))) {
    block.release()
    return `Files beside ${lockFolder} do not change their owner.`
  }
  const free = await freeUsers(block.first, { python, modules })
  const isJobUser = (uid: number) => uid >= from && uid < from + BLOCKS * BLOCK_USERS
  const worker = { to: process.getuid?.() ?? 0, toGroup: process.getgid?.() ?? 0 }

  const own = async (uid: number, folder: string): Promise<void> => {
    // Whose attempt did not end in order: its worker was killed, or is frozen and its processes are not.
    const { uid: owner } = await lstat(folder)
    if (owner !== worker.to && (await isLeased(python, folder))) throw new Stop('folder_busy')
    const mayTake = (each: number) => each === worker.to || isJobUser(each)
    await giveFolder(folder, { from: mayTake, to: uid, toGroup: uid }, APART)
  }
  const release = async (uid: number, folder: string | null): Promise<void> => {
    const isGone = await endProcessesOf(uid, { python, modules }).catch(() => false)
    if (folder !== null)
      await takeFolderBack(folder, { from: (each) => each === uid, ...worker }).catch(() => undefined)
    // A number that still has processes is lost to this worker; the next one that has the block tries again.
    if (isGone) free.push(uid)
  }

  return {
    reach,
    take() {
      const uid = free.shift()
      if (uid === undefined) {
        throw new JobFailure('internal_error', { cause: new Error('No user is free for this job.') })
      }
      let released: Promise<void> | null = null
      return {
        uid,
        settings: { uid, modules },
        own: (folder) => own(uid, folder),
        release(folder) {
          released ??= release(uid, folder)
          return released
        },
      }
    },
    close: () => block.release(),
  }
}

/** What a killed worker's jobs left running would be a stranger in the next job that has its number. */
async function freeUsers(first: number, ender: Ender): Promise<number[]> {
  const free = Array.from({ length: BLOCK_USERS }, (_, index) => first + index)
  const found = usersWithProcesses()
  const ended = await Promise.all(
    free.filter((uid) => found.has(uid)).map(async (uid) => ({ uid, isGone: await endProcessesOf(uid, ender) })),
  )
  const alive = new Set(ended.filter(({ isGone }) => !isGone).map(({ uid }) => uid))
  return free.filter((uid) => !alive.has(uid))
}
