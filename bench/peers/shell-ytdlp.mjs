/** The peer of our jobs: what a person would type, with the same yt-dlp and the same interpreter. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs `python -m yt_dlp --no-config <words>` in `folder` and resolves to the milliseconds it took, from its start to
 * its end. That is the installed `yt-dlp` command without a version manager's shim in front: the interpreter's real
 * path, the byte-compiled package on PYTHONPATH. Its output is read to the end where `reads` says so. `env` is added to the
 * little that its environment holds.
 */
export async function timeYtdlp({ runtime, folder, words, reads = false, env = {} }) {
  const startedAt = performance.now()
  const child = spawnYtdlp({ runtime, folder, words, env, stdio: ['ignore', reads ? 'pipe' : 'ignore', 'pipe'] })
  child.stdout?.resume()
  // Warnings, of which some come every time. They are shown only when they were the last words.
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const [code] = await once(child, 'close')
  process.off('exit', kill)
  if (code !== 0) throw new Error(`yt-dlp ${words.join(' ')} ended with ${code}: ${complaints}`)
  return performance.now() - startedAt
}

/** Starts one that is looked at while it runs. `end` kills it, and resolves when it is gone. */
export function startYtdlp({ runtime, folder, words, env = {} }) {
  const child = spawnYtdlp({ runtime, folder, words, env, stdio: 'ignore' })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = once(child, 'exit')
  return {
    pid: child.pid,
    exited,
    async end() {
      process.off('exit', kill)
      kill()
      await exited
    },
  }
}

const spawnYtdlp = ({ runtime, folder, words, env, stdio }) =>
  spawn(runtime.python, ['-m', 'yt_dlp', '--no-config', ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PYTHONPATH: runtime.ytdlp, ...env },
    stdio,
  })
