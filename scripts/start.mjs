/** `npm start`: sets up if needed, then runs the whole product until Ctrl-C. */
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'
import { runStack } from './stack/run-stack.mjs'
import { readStackSettings } from './stack/settings.mjs'
import { stopOnSignals } from './stack/stop-on-signals.mjs'

await tell(async () => {
  loadSettings()
  const settings = readStackSettings(process.env)
  const manifest = await setUp()
  const { stop, hurry } = stopOnSignals()
  say('Starting Redis, the worker and the gateway …')
  const whenReady = () => say(welcome(settings, manifest))
  await runStack({ manifest, settings, variables: process.env, stop, hurry, whenReady })
})

function welcome({ baseUrl }, { python, pythonVersion, ytdlpVersion }) {
  return [
    '',
    'The Video Scraper is running.',
    `  Python      ${pythonVersion} (${python}), yt-dlp ${ytdlpVersion}`,
    `  API         ${baseUrl}/api/video-scraper`,
    `  Swagger UI  ${baseUrl}/docs`,
    `  Status      ${baseUrl}/api/status`,
    'Ctrl-C stops it.',
    '',
  ].join('\n')
}
