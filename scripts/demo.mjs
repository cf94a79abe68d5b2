/**
 * `npm run demo`: a local video site and the whole product on free ports, walked through with curl, then gone again.
 * `npm run demo -- --keep`: they run on until Ctrl-C, and the files stay.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tellTheStory } from './demo/story.mjs'
import { startVideoSite } from './demo/video-site.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { freePort } from './stack/port.mjs'
import { endMember } from './stack/processes.mjs'
import { runStack } from './stack/run-stack.mjs'
import { readStackSettings } from './stack/settings.mjs'
import { stopOnSignals } from './stack/stop-on-signals.mjs'

/** A described page whose video takes about three seconds to arrive, so that progress can be seen. */
const page = `/jsonld?title=${encodeURIComponent('Colour bars')}&src=${encodeURIComponent('/slow.mp4?bytes=3000000&rate=1000000')}`

/** The demo is the same for everybody: what a person has configured for the product does not reach it. */
const plainVariables = () => {
  const { PATH, HOME, LANG, TMPDIR } = process.env
  return {
    ...(PATH && { PATH }),
    ...(HOME && { HOME }),
    ...(LANG && { LANG }),
    ...(TMPDIR && { TMPDIR }),
    LOG_LEVEL: 'error',
  }
}

const keeps = process.argv.includes('--keep')

await tell(async () => {
  delete process.env.REDIS_URL
  const manifest = await setUp()
  const { stop, hurry } = stopOnSignals()
  const folder = mkdtempSync(join(tmpdir(), 'video-scraper-demo-'))
  const site = await startVideoSite({ ffmpeg: manifest.ffmpeg, variables: plainVariables() })
  try {
    const variables = {
      ...plainVariables(),
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      DATA_DIR: join(folder, 'data'),
      EGRESS_ALLOW: new URL(site.origin).host,
    }
    const settings = readStackSettings(variables)
    const whenDone = new AbortController()
    const whenReady = async () => {
      say(`The video site ${site.origin} and the API ${settings.baseUrl} are running.`)
      await tellTheStory({ baseUrl: settings.baseUrl, videoUrl: `${site.origin}${page}`, folder })
      if (!keeps) return whenDone.abort()
      say(`\nEverything keeps running until Ctrl-C. The page with the video: ${site.origin}${page}`)
      say(`Swagger UI: ${settings.baseUrl}/docs`)
    }
    await runStack({ manifest, settings, variables, stop: AbortSignal.any([stop, whenDone.signal]), hurry, whenReady })
    if (whenDone.signal.aborted) say('\nThat was all. Now with a video of your own: npm start')
  } finally {
    await endMember(site.member, 5000, hurry)
    if (keeps) say(`The files of the demo are in ${folder}. Remove the folder when you need it no more.`)
    else rmSync(folder, { recursive: true, force: true })
  }
})
