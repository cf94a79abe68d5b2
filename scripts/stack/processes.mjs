/** The processes of a running stack: started as one, watched, and ended in a known order. */
import { spawn } from 'node:child_process'
import { findProgram } from '../runtime/find-program.mjs'
import { projectRoot } from '../runtime/paths.mjs'

/** When the starting process is killed with -9, the kernel tells its children, so that none lives on for ever. */
function boundToUs(command, argv) {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv', ['/usr/bin']) : undefined
  return setpriv ? [setpriv, ['--pdeathsig', 'TERM', '--', command, ...argv]] : [command, argv]
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

/**
 * Starts one process. `ended` resolves to
 * `{ sentence, lastWords }`: how it ended, and where to read what it said.
 * It leads a session of its own: Ctrl-C in a terminal reaches only the process that knows the order of ending.
 */
export function startMember({ name, command, argv, env, stdio = ['ignore', 'inherit', 'inherit'], log }) {
  const [executable, all] = boundToUs(command, argv)
  const child = spawn(executable, all, { cwd: projectRoot, env, stdio, detached: true })
  const member = { name, child, pid: child.pid, hasEnded: false }
  member.ended = new Promise((resolve) => {
    const end = (sentence) => {
      member.hasEnded = true
      resolve({ sentence, lastWords: log ? `Its last words are in ${log}.` : 'Its last words stand above.' })
    }
    child.once('error', (cause) => end(`${name} could not be started: ${cause.message}`))
    child.once('exit', (code, signal) => end(`${name} ended (${signal ?? `exit code ${code}`}).`))
  })
  return member
}

/** Asks a process to end and waits; kills its group after `timeoutMs`, or as soon as `hurry` aborts. */
export async function endMember(member, timeoutMs, hurry) {
  if (member.hasEnded || member.pid === undefined) return
  const kill = () => signalGroup(member.pid, 'SIGKILL')
  signalGroup(member.pid, 'SIGTERM')
  const timer = setTimeout(kill, timeoutMs)
  if (hurry?.aborted) kill()
  else hurry?.addEventListener('abort', kill, { once: true })
  await member.ended
  clearTimeout(timer)
  hurry?.removeEventListener('abort', kill)
}
