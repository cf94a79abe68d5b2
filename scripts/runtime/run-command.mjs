/** Runs a command and keeps its output to itself: only a failure shows it. */
import { spawn } from 'node:child_process'
import { projectRoot } from './paths.mjs'
import { UserFacingError } from './say.mjs'

/**
 * Starts a command and resolves when it has ended, whatever its exit code was.
 * `onStart` is called with the process id. `code` is null when a signal ended it; a command that does not exist has code 127.
 */
export function runCommand(command, argv, { onStart, ...options } = {}) {
  return new Promise((resolve) => {
    const chunks = []
    const child = spawn(command, argv, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    if (child.pid !== undefined) onStart?.(child.pid)
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.once('error', (cause) => resolve({ code: 127, signal: null, output: cause.message }))
    child.once('close', (code, signal) => resolve({ code, signal, output: Buffer.concat(chunks).toString() }))
  })
}

/** Like `runCommand`, but a failure is an `UserFacingError` that opens with `complaint` and carries the command's output. */
export async function mustRun(complaint, command, argv, options = {}) {
  const { code, signal, output } = await runCommand(command, argv, options)
  if (code === 0) return output
  const ending = signal ? `it was ended by ${signal}` : `exit code ${code}`
  throw new UserFacingError(`${complaint} (${ending}):\n${output.trimEnd()}`)
}
