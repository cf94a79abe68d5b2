/** The sound of a video as mp3: POST /download to an observed `completed`, against yt-dlp's own extraction with the same ffmpeg. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 7
const POLL_MS = 10
const TARGET = 1.1

export async function sound({ lab, rounds = ROUNDS, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker()
  // A minute; another address each time, so that no file can ever answer.
  const address = (round) => `${site.origin}/long/video.mp4?round=${round}`
  const ours = async (round) => {
    const startedAt = performance.now()
    const body = { url: address(round), media: 'audio', audio_format: 'mp3' }
    const { download_id: id } = await post(api(origin, '/download'), body)
    const { filename } = await untilCompleted(api(origin, `/status/${id}`), POLL_MS)
    if (!filename.endsWith('.mp3')) throw new Error(`The file is ${filename}.`)
    return performance.now() - startedAt
  }
  const shell = async (round) => {
    const sounds = ['--extract-audio', '--audio-format=mp3', '--ffmpeg-location', lab.runtime.ffmpeg]
    const words = ['--quiet', '--no-progress', ...sounds, '--output', 'media.%(ext)s', address(round)]
    const ms = await timeYtdlp({ runtime: lab.runtime, folder, words })
    await rm(join(folder, 'media.mp3'))
    return ms
  }
  const title = 'the sound of a minute as mp3'
  const values = await takeTurns({ ours, shell }, { rounds, title, unit: milliseconds, say })
  const ratio = medianRatio(values.ours, values.shell)
  return [
    {
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (yt-dlp -x)`,
      ratio,
      target: { bound: 'atMost', limit: TARGET, value: ratio },
    },
  ]
}
