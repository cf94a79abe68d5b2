/** Runs a program to its end, within a time, and says what it printed. */
import { spawn } from 'node:child_process'

const WITHIN_MS = 240_000

interface Surroundings {
  folder: string
  env?: Record<string, string>
}

/** Resolves with standard output; rejects with all that was printed when the program fails. */
export function run(program: string, argv: string[], { folder, env = {} }: Surroundings): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, NO_COLOR: '1', CI: 'true', LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: WITHIN_MS,
      killSignal: 'SIGKILL',
    })
    const said = { out: '', all: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk
      said.all += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said.all += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(said.out)
      else reject(new Error(`${program} ${argv.slice(0, 3).join(' ')} ended with ${code}:\n${said.all.slice(-6000)}`))
    })
  })
}
