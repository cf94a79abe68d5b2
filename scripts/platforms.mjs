/** `npm run platforms`: writes the list of platforms that the gateway serves until a worker has published its own. */
import { writeFile } from 'node:fs/promises'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

const SNAPSHOT = new URL('../apps/api/data/platforms.json', import.meta.url)

await tell(async () => {
  const { python, ytdlp: home } = await setUp()
  // Compiled by the setup, so it cannot be imported before.
  const { createEngine } = await import('../packages/ytdlp/dist/index.js')
  const unused = { ffmpegLocation: '', maxFileBytes: 0, stallSeconds: 0, workerId: 'platforms' }
  const engine = createEngine({ python, home, ...unused })
  const { version: ytdlpVersion } = await engine.describe()
  const platforms = await engine.listPlatforms()
  await writeFile(SNAPSHOT, `${JSON.stringify({ ytdlpVersion, platforms }, null, 2)}\n`)
  say(`${platforms.length} platforms of yt-dlp ${ytdlpVersion}. Format it with: npm run format`)
})
