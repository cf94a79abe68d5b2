/** Sees to it that nothing which a test started outlives the test's process, however that process ends. */
import { spawn } from 'node:child_process'

/**
 * Waits for the end of a pipe that only this process holds open: the kernel closes it when the process ends, with
 * -9 as well. Unlike a parent-death signal it needs no tool beyond sh, and it can clear away the folder too.
 */
const SCRIPT = 'read -r _; kill -9 "$1" 2>/dev/null; rm -rf -- "$2"'

/** Ends the watch: the process has ended in an orderly way. */
type Dismiss = () => void

/** When this process dies, `pid` is killed and `folder` removed. */
export function watchOver({ pid, folder }: { pid: number; folder: string }): Dismiss {
  // Its own session: Ctrl-C in a terminal reaches the tests, and must not end the one who tidies up after them.
  const reaper = spawn('/bin/sh', ['-c', SCRIPT, 'reaper', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  reaper.on('error', () => undefined)
  reaper.stdin.on('error', () => undefined)
  reaper.unref()
  // Without this the open pipe alone would keep a test process that has finished from ending.
  ;(reaper.stdin as { unref?: () => void }).unref?.()
  return () => reaper.kill('SIGKILL')
}
