/** A list of fifty small videos: POST /playlist to an observed `completed`, against one yt-dlp from a shell for all of them. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 3
const POLL_MS = 25
const ENTRIES = 50
/** What an operator sets who serves lists: a small video is mostly waiting. */
const DOWNLOADS_AT_ONCE = 8

const sites = [
  { title: `a list of ${ENTRIES} small videos`, latencyMs: 0, target: 0.8 },
  { title: `a list of ${ENTRIES} small videos, 100 ms away`, latencyMs: 100, target: 0.4 },
]

export async function playlist({ lab, rounds = ROUNDS, say }) {
  const rows = []
  for (const { title, latencyMs, target } of sites) {
    const { site, stack, folder } = await lab.worksite({ latencyMs })
    const { origin } = await stack.startGateway()
    const worker = await stack.startWorker({ WORKER_DOWNLOAD_CONCURRENCY: String(DOWNLOADS_AT_ONCE) })
    // Other addresses each time, so that no file can ever answer.
    const address = (round) => {
      const entry = encodeURIComponent(`/video.mp4?round=${round}`)
      return `${site.origin}/lists/long.xml?mixed=no&entries=${ENTRIES}&to=${entry}`
    }
    const ours = async (round) => {
      const startedAt = performance.now()
      const { job_id: id } = await post(api(origin, '/playlist'), { url: address(round) })
      const { summary } = await untilCompleted(api(origin, `/job/${id}`), POLL_MS)
      if (summary.completed !== ENTRIES) throw new Error(`Only ${summary.completed} entries are completed.`)
      return performance.now() - startedAt
    }
    const shell = async (round) => {
      const words = ['--quiet', '--no-progress', '--output', 'list/%(playlist_index)s.%(ext)s', address(round)]
      const ms = await timeYtdlp({ runtime: lab.runtime, folder, words })
      await rm(join(folder, 'list'), { recursive: true })
      return ms
    }
    const values = await takeTurns({ ours, shell }, { rounds, title, unit: milliseconds, say })
    await worker.end('SIGTERM')
    const ratio = medianRatio(values.ours, values.shell)
    rows.push({
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (one yt-dlp)`,
      ratio,
      target: { bound: 'atMost', limit: target, value: ratio },
    })
  }
  return rows
}
