/** How long it takes to learn what a video is: POST /info to an observed `completed`, against `yt-dlp -J`. */
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 9
const POLL_MS = 10
const sources = {
  'a page with JSON-LD': { path: '/jsonld', target: 0.15 },
  'a direct mp4': { path: '/video.mp4', target: 0.2 },
}

export async function info({ lab, rounds = ROUNDS, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker()
  const rows = []
  for (const [source, { path, target }] of Object.entries(sources)) {
    const title = `info of ${source}`
    // Another address each time, so that no answer can ever come from the cache.
    const address = (round) => `${site.origin}${path}?title=round-${round}`
    const ours = async (round) => {
      const startedAt = performance.now()
      const { job_id: id } = await post(api(origin, '/info'), { url: address(round) })
      await untilCompleted(api(origin, `/job/${id}`), POLL_MS)
      return performance.now() - startedAt
    }
    const shell = (round) => timeYtdlp({ runtime: lab.runtime, folder, words: ['-J', address(round)], reads: true })
    const values = await takeTurns({ ours, shell }, { rounds, title, unit: milliseconds, say })
    const ratio = medianRatio(values.ours, values.shell)
    rows.push({
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (yt-dlp -J)`,
      ratio,
      target: { bound: 'atMost', limit: target, value: ratio },
    })
  }
  return rows
}
