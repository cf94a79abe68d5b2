/** Starts yt-dlp as a program of its own, through youtube-dl-exec, in a process group of its own. */
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { spawnPython } from './spawn-python.ts'
import type { Unit, UnitEnd, UnitOrder } from './unit.ts'

const RUNNER = fileURLToPath(new URL('../python/runner.py', import.meta.url))

/** Rejects when there can be no such process. */
export async function startColdUnit({ python, settings, argv, url, cwd, env }: UnitOrder): Promise<Unit> {
  const words = [RUNNER, JSON.stringify({ ...settings, parentPid: process.pid }), ...argv]
  const { child, pid } = await spawnPython(python, words, url, {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  return {
    leader: pid,
    events: child.stdio[3] as Socket,
    diagnostics: child.stdio[2] as Socket,
    ended: new Promise<UnitEnd>((resolve) => {
      child.once('exit', (exitCode, signalCode) => resolve({ exitCode, signalCode }))
    }),
  }
}
