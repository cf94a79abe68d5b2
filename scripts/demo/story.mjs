/** What the demo shows: info, download, progress, file. */
import { statSync } from 'node:fs'
import { say, UserFacingError } from '../runtime/say.mjs'
import { curl } from './curl.mjs'

/** Longer than a job may take (`INFO_TIMEOUT_SECONDS`), so that its own error is seen. */
const timeoutMs = 180_000

/** Asks twice a second, as a client would: the command once, a line for each new answer, and the last one whole. */
async function watch(url) {
  const deadline = Date.now() + timeoutMs
  let text = await curl({ url })
  let lastLine = ''
  while (isUnfinished(JSON.parse(text))) {
    const line = asLine(JSON.parse(text))
    if (Date.now() > deadline) {
      throw new UserFacingError(
        `After ${timeoutMs / 1000} s the job has not ended (${line.trim()}). The machine may be slow: try it again, or run npm run demo -- --keep and look at ${url}.`,
      )
    }
    if (line !== lastLine) say(line)
    lastLine = line
    await new Promise((resolve) => setTimeout(resolve, 500))
    text = await (await fetch(url)).text()
  }
  const end = show(text)
  if (end.status !== 'completed') throw new UserFacingError(`It ended as ${end.status}: ${end.error}`)
  return end
}

const isUnfinished = ({ status }) => status === 'processing' || status === 'in_progress'

const asLine = ({ status, progress, message, status_message: statusMessage }) =>
  `  ${status}  ${Math.round(progress * 100)} %  ${statusMessage ?? message}`

/** Prints an answer, shortened to what fits on a screen, and returns it parsed. */
function show(text) {
  const answer = JSON.parse(text)
  const lines = JSON.stringify(answer, null, 2).split('\n')
  const shortened = lines.length > 24 ? [...lines.slice(0, 22), `  … ${lines.length - 22} lines more`] : lines
  say(`${shortened.join('\n')}\n`)
  return answer
}

/** Walks through the API at `baseUrl` with the video at `videoUrl`, and saves the file into `folder`. */
export async function tellTheStory({ baseUrl, videoUrl, folder }) {
  const api = `${baseUrl}/api/video-scraper`

  say('\n1. What is behind this address?\n')
  const asked = show(await curl({ url: `${api}/info`, body: { url: videoUrl } }))
  await watch(`${api}/job/${asked.job_id}`)

  say('2. Download it, and watch.\n')
  const started = show(await curl({ url: `${api}/download`, body: { url: videoUrl } }))
  const { filename, download_url: address } = await watch(`${api}/status/${started.download_id}`)

  say('3. What is in the library?\n')
  show(await curl({ url: `${api}/downloads` }))

  say('4. Fetch the file.\n')
  const saveAs = `${folder}/${filename}`
  await curl({ url: new URL(address, baseUrl).href, saveAs })
  say(`${statSync(saveAs).size} bytes arrived.`)
}
