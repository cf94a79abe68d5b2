/** Bytes per second of a large download: POST /download to an observed `completed`, against yt-dlp from a shell. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { megabytesPerSecond } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const BYTES = 500_000_000
/** Each poll costs processor time that the download wants too; this is 0.2 s of it in 10 s. */
const POLL_MS = 25

const sources = [
  { title: '500 MB at 50 MB/s', rate: 50_000_000, rounds: 3, target: 0.97 },
  { title: '500 MB without a limit', rate: 0, rounds: 7, target: 0.8 },
]

export async function download({ lab, rounds, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker()
  const rows = []
  for (const source of sources) {
    const url = `${site.origin}/big.mp4?bytes=${BYTES}&rate=${source.rate}`
    const bytesPerSecond = (ms) => (BYTES / ms) * 1000
    const ours = async () => {
      const startedAt = performance.now()
      const { download_id: id } = await post(api(origin, '/download'), { url, fresh: true })
      const { filename, size_bytes: size } = await untilCompleted(api(origin, `/status/${id}`), POLL_MS)
      const ms = performance.now() - startedAt
      if (size !== BYTES) throw new Error(`The file has ${size} bytes instead of ${BYTES}.`)
      await rm(join(stack.dataDir, 'library', filename))
      return bytesPerSecond(ms)
    }
    const shell = async () => {
      const words = ['--quiet', '--no-progress', '--output', 'media.%(ext)s', url]
      const ms = await timeYtdlp({ runtime: lab.runtime, folder, words })
      await rm(join(folder, 'media.mp4'))
      return bytesPerSecond(ms)
    }
    const turns = { rounds: rounds ?? source.rounds, title: source.title, unit: megabytesPerSecond, say }
    const values = await takeTurns({ ours, shell }, turns)
    const ratio = medianRatio(values.ours, values.shell)
    rows.push({
      measure: `download of ${source.title}`,
      ours: megabytesPerSecond(median(values.ours)),
      peer: `${megabytesPerSecond(median(values.shell))} (yt-dlp)`,
      ratio,
      target: { bound: 'atLeast', limit: source.target, value: ratio },
    })
  }
  return rows
}
