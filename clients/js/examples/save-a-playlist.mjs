/** `node save-a-playlist.mjs ADDRESS FOLDER [ITEMS]`: downloads the entries of a list, and saves each file as soon as it is there. */
import { VideoScraper } from '@video-scraper/client'
import { save } from '@video-scraper/client/node'

const [address, folder, items] = process.argv.slice(2)
const client = new VideoScraper()

const { summary } = await client.playlist(
  address,
  { items },
  {
    deadlineMs: 60 * 60_000,
    cancelOnAbort: true,
    async onEntry({ position, state, code, skip_code, job_id: id }) {
      // What has failed or was left out has no file; `code` or `skip_code` says why.
      if (state !== 'completed') return console.log(position, state, code ?? skip_code)
      const paths = await save(client, await client.getDownload(id), folder)
      console.log(position, paths.join(' '))
    },
  },
)
console.log(`${summary.completed} of ${summary.total} completed`)
