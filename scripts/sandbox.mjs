/** `npm run sandbox -- --probe`: tries on this machine what the sandbox refuses to a job, and shows which layer refuses it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectRoot } from './runtime/paths.mjs'
import { tell, UserFacingError } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'

const PROGRAM = `${projectRoot}/apps/worker/dist/probe-sandbox.js`

await tell(async () => {
  if (process.argv.slice(2).join() !== '--probe') {
    throw new UserFacingError(
      'Say what to do: npm run sandbox -- --probe tries what a job must not be able to do, and lists it.',
    )
  }
  loadSettings()
  const { python, ytdlp, ffmpeg, ffprobe } = await setUp()
  const env = { ...process.env, PYTHON: python, YTDLP_HOME: ytdlp, FFMPEG: ffmpeg, FFPROBE: ffprobe }
  const [code] = await once(spawn(process.execPath, [PROGRAM], { env, stdio: 'inherit' }), 'exit')
  process.exitCode = code ?? 1
})
