/** The peer of our cutting: the same ffmpeg with the same settings, from a shell. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs `ffmpeg <words>` in `folder` and resolves to the milliseconds it took, from its start to its end. */
export async function timeFfmpeg({ runtime, folder, words }) {
  const startedAt = performance.now()
  const child = spawn(runtime.ffmpeg, ['-nostdin', '-loglevel', 'error', ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const [code] = await once(child, 'close')
  process.off('exit', kill)
  if (code !== 0) throw new Error(`ffmpeg ${words.join(' ')} ended with ${code}.`)
  return performance.now() - startedAt
}
