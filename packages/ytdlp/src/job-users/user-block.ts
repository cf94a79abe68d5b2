/** Claims numbers of users for one worker, so that no two workers of a machine give their jobs the same. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LOCK = fileURLToPath(new URL('../../python/lock.py', import.meta.url))

/** More than a worker can have jobs at once, since a number whose processes cannot be ended is not given out again. */
export const BLOCK_USERS = 256
/** As many workers may share a machine. */
export const BLOCKS = 64

export interface UserBlock {
  /** The first of `BLOCK_USERS` numbers. */
  readonly first: number
  release(): void
}

interface BlockOptions {
  readonly python: string
  /** The first number of the first block. */
  readonly from: number
  /** Shared by all workers of a disk, whose containers may not see each other. Made where it is missing. */
  readonly folder: string
}

/**
 * The first block that nobody has; null where all are taken. It is held in two ways, as workers may share a network and no
 * disk, or a disk and no network. The kernel lets go of both when the process ends, however it ends.
 */
export async function claimBlock({ python, from, folder }: BlockOptions): Promise<UserBlock | null> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (let index = 0; index < BLOCKS; index++) {
    const first = from + index * BLOCK_USERS
    const name = await heldName(`\0video-scraper-job-users-${first}`)
    if (name === null) continue
    const descriptor = await lockedFile(python, join(folder, String(first)))
    if (descriptor !== null) {
      return {
        first,
        release() {
          name.close()
          closeSync(descriptor)
        },
      }
    }
    name.close()
  }
  return null
}

/** A Unix socket without a file. Nobody is heard there. */
const heldName = (name: string): Promise<Server | null> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', () => resolve(null))
    server.listen(name, () => resolve(server.unref()))
  })

async function lockedFile(python: string, path: string): Promise<number | null> {
  const descriptor = openSync(path, 'a', 0o600)
  const locker = spawn(python, ['-I', '-S', LOCK], { env: {}, stdio: ['ignore', 'ignore', 'ignore', descriptor] })
  const [code] = await once(locker, 'exit').catch(() => [1])
  if (code === 0) return descriptor
  closeSync(descriptor)
  return null
}
