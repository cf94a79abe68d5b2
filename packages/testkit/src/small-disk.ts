/** A real, small disk that really fills up: a file system in state, where this process may mount one. */
import { execFile, spawn } from 'node:child_process'
import { rmdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { temporaryFolder } from './temporary-folder.ts'

const run = promisify(execFile)

/** Unmounts when the pipe closes that only the test's process holds open: also when that is killed. */
const CARETAKER = 'read -r _; umount -l "$1"; rmdir "$1"'

export interface SmallDisk {
  readonly path: string
  /** Unmounts it, whatever is on it; twice is fine. */
  remove(): Promise<void>
}

/** Null where mounting is not permitted: a test that needs it is then skipped, and says so. */
export async function smallDisk(bytes: number): Promise<SmallDisk | null> {
  const folder = await temporaryFolder()
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'video-scraper-test', folder.path])
  } catch {
    await folder.remove()
    return null
  }
  const caretaker = spawn('/bin/sh', ['-c', CARETAKER, 'caretaker', folder.path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  caretaker.on('error', () => undefined)
  caretaker.stdin.on('error', () => undefined)
  caretaker.unref()
  ;(caretaker.stdin as { unref?: () => void }).unref?.()
  let mounted = true
  return {
    path: folder.path,
    async remove() {
      if (!mounted) return
      mounted = false
      caretaker.kill('SIGKILL')
      await run('umount', ['-l', folder.path])
      await rmdir(folder.path)
    },
  }
}

/** Whether `smallDisk` works here. */
export async function canMount(): Promise<boolean> {
  const disk = await smallDisk(1024 * 1024)
  await disk?.remove()
  return disk !== null
}
