/** `npm run ytdlp -- check`: tries whether the installed yt-dlp does what jobs need, and says which versions are there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectRoot } from './runtime/paths.mjs'
import { Obstacle, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'

const PROGRAM = `${projectRoot}/apps/worker/dist/check-ytdlp.js`

await tell(async () => {
  if (process.argv.slice(2).join() !== 'check') {
    throw new Obstacle('Say what to do: npm run ytdlp -- check tries whether yt-dlp does what jobs need.')
  }
  loadSettings()
  const { python, ytdlp, ffmpeg, ffprobe } = await setUp()
  const env = { ...process.env, PYTHON: python, YTDLP_HOME: ytdlp, FFMPEG: ffmpeg, FFPROBE: ffprobe }
  const [code] = await once(spawn(process.execPath, [PROGRAM], { env, stdio: 'inherit' }), 'exit')
  process.exitCode = code ?? 1
})
