/** `node save-a-video.mjs ADDRESS FOLDER`: gets a video, and tells how far it is. */
import { JobFailedError, VideoScraper } from '@video-scraper/client'
import { save } from '@video-scraper/client/node'

const [address, folder] = process.argv.slice(2)
const client = new VideoScraper()

try {
  const download = await client.download(
    address,
    {},
    {
      deadlineMs: 10 * 60_000,
      cancelOnAbort: true,
      onProgress: (job) => job.status === 'in_progress' && console.error(`${Math.round(job.progress * 100)} %`),
    },
  )
  const paths = await save(client, download, folder)
  console.log(paths.join('\n'))
} catch (error) {
  if (!(error instanceof JobFailedError)) throw error
  console.error(error.message, error.nextStep)
  process.exitCode = 1
}
