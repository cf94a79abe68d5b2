/** A stream of 300 fragments, each 50 ms away: POST /download to an observed `completed`, against yt-dlp's default. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 2
const POLL_MS = 50
const TARGET = 0.35

export async function fragments({ lab, rounds = ROUNDS, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker()
  const url = `${site.origin}/long-hls.m3u8?fragments=300&delay=50`
  const ours = async () => {
    const startedAt = performance.now()
    const { download_id: id } = await post(api(origin, '/download'), { url, fresh: true })
    await untilCompleted(api(origin, `/status/${id}`), POLL_MS)
    return performance.now() - startedAt
  }
  const shell = async () => {
    const words = ['--quiet', '--no-progress', '--output', 'stream.%(ext)s', url]
    const ms = await timeYtdlp({ runtime: lab.runtime, folder, words })
    await rm(join(folder, 'stream.mp4'))
    return ms
  }
  const title = 'HLS of 300 fragments, 50 ms away'
  const values = await takeTurns({ ours, shell }, { rounds, title, unit: milliseconds, say })
  const ratio = medianRatio(values.ours, values.shell)
  return [
    {
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (yt-dlp)`,
      ratio,
      target: { bound: 'atMost', limit: TARGET, value: ratio },
    },
  ]
}
