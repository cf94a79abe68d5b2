/** Starts yt-dlp as a program of its own, through youtube-dl-exec, in a process group of its own. */
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { endOnWord, type JobProcess, orderLine, type ProcessEnd, type ProcessOrder } from './job-process.ts'
import { NO_ADDRESS, spawnPython, TITLE_PADDING } from './spawn-python.ts'

const RUNNER = fileURLToPath(new URL('../python/runner.py', import.meta.url))

/** Where the runner reads its job (`python/order.py`). */
const CONTROL = 4

/**
 * The job travels over a descriptor: its proxy's password and its address are not for everybody who can list processes.
 * Rejects when there can be no such process.
 */
export async function startColdProcess({ python, settings, argv, url, cwd, env }: ProcessOrder): Promise<JobProcess> {
  const { child, pid } = await spawnPython(python, [RUNNER, String(process.pid), TITLE_PADDING], NO_ADDRESS, {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  const control = child.stdio[CONTROL] as Socket
  // It may have ended already, which its exit tells.
  control.on('error', () => undefined)
  endOnWord(control)
  control.write(orderLine({ settings, argv, url }))
  return {
    leader: pid,
    control,
    events: child.stdio[3] as Socket,
    diagnostics: child.stdio[2] as Socket,
    ended: new Promise<ProcessEnd>((resolve) => {
      child.once('exit', (exitCode, signalCode) => resolve({ exitCode, signalCode }))
    }),
  }
}
