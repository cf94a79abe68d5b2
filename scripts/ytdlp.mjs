/**
 * `npm run ytdlp -- check`: tries whether the installed yt-dlp does what jobs need, and says which versions are there.
 * `npm run ytdlp -- update [--now] | rollback | status`: looks for a newer one, goes back, or says what is in use.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectRoot } from './runtime/paths.mjs'
import { tell, UserFacingError } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'
import { readStackSettings } from './stack/settings.mjs'

const PROGRAMS = {
  check: ['check-ytdlp.js'],
  update: ['update-ytdlp.js', 'update'],
  'update --now': ['update-ytdlp.js', 'update', '--now'],
  rollback: ['update-ytdlp.js', 'rollback'],
  status: ['update-ytdlp.js', 'status'],
}

await tell(async () => {
  const [program, ...words] = PROGRAMS[process.argv.slice(2).join(' ')] ?? []
  if (program === undefined) {
    throw new UserFacingError(
      'Say what to do: npm run ytdlp -- check tries whether yt-dlp does what jobs need; update, update --now, rollback and ' +
        'status are for newer versions (YTDLP_CHANNEL).',
    )
  }
  loadSettings()
  const { dataDir } = readStackSettings(process.env)
  const { python, ytdlp, ffmpeg, ffprobe } = await setUp()
  const env = { ...process.env, DATA_DIR: dataDir, PYTHON: python, YTDLP_HOME: ytdlp, FFMPEG: ffmpeg, FFPROBE: ffprobe }
  const path = `${projectRoot}/apps/worker/dist/${program}`
  const [code] = await once(spawn(process.execPath, [path, ...words], { env, stdio: 'inherit' }), 'exit')
  process.exitCode = code ?? 1
})
