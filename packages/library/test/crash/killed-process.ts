/** Starts the process that stops after a step, and kills it there with SIGKILL. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { HomeAddress } from '../homes.ts'

export interface Killing {
  home: HomeAddress
  folder: string
  filename: string
  act: 'publish' | 'remove'
  stopAfter: string
  /** After which time of that step. Default: the first. */
  count?: number
}

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Resolves when the process is gone. Throws where it ended by itself before the step. */
export async function killAfterStep(killing: Killing): Promise<void> {
  const typescript = ['--conditions=@video-scraper/source', '--import', pathOf('register-typescript.mjs')]
  const child = spawn(process.execPath, [...typescript, pathOf('stop-after-step.ts'), JSON.stringify(killing)], {
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  const ended = once(child, 'exit')
  child.stdout.once('data', () => child.kill('SIGKILL'))
  const [code, signal] = await ended
  if (signal !== 'SIGKILL') throw new Error(`The process ended by itself, with ${code ?? signal}.`)
}
