/** Twenty seconds of a video, exactly: POST /download to an observed `completed`, against yt-dlp and then ffmpeg from a shell. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeFfmpeg } from '../peers/shell-ffmpeg.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 5
const POLL_MS = 10
const TARGET = 1.1
const CLIP = { start: 20, end: 40 }

/** What `packages/ytdlp/python/parts.py` gives to ffmpeg. */
const PICTURE = ['-vf', 'scale=trunc(iw/2)*2:trunc(ih/2)*2', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18']
const ENCODING = [...PICTURE, '-pix_fmt', 'yuv420p', '-threads', '2', '-c:a', 'aac', '-b:a', '192k']
const PLAIN = ['-map_chapters', '-1', '-map_metadata:g', '-1']

export async function clip({ lab, rounds = ROUNDS, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker()
  // Another address each time, so that no file can ever answer.
  const address = (round) => `${site.origin}/long/video.mp4?round=${round}`
  const ours = async (round) => {
    const startedAt = performance.now()
    const body = { url: address(round), clips: [{ ...CLIP, exact: true }] }
    const { download_id: id } = await post(api(origin, '/download'), body)
    const { files } = await untilCompleted(api(origin, `/status/${id}`), POLL_MS)
    if (!files.some(({ role }) => role === 'clip')) throw new Error('There is no clip.')
    return performance.now() - startedAt
  }
  const shell = async (round) => {
    const words = ['--quiet', '--no-progress', '--output', 'media.%(ext)s', address(round)]
    const fetching = await timeYtdlp({ runtime: lab.runtime, folder, words })
    const input = ['-y', '-threads', '2', '-ss', String(CLIP.start), '-i', 'media.mp4']
    const output = [
      '-t',
      String(CLIP.end - CLIP.start),
      '-map',
      '0:v',
      '-map',
      '0:a',
      ...ENCODING,
      ...PLAIN,
      'clip.mp4',
    ]
    const cutting = await timeFfmpeg({ runtime: lab.runtime, folder, words: [...input, ...output] })
    for (const name of ['media.mp4', 'clip.mp4']) await rm(join(folder, name))
    return fetching + cutting
  }
  const title = 'a clip of 20 s out of a minute, exactly'
  const values = await takeTurns({ ours, shell }, { rounds, title, unit: milliseconds, say })
  const ratio = medianRatio(values.ours, values.shell)
  return [
    {
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (yt-dlp, then ffmpeg)`,
      ratio,
      target: { bound: 'atMost', limit: TARGET, value: ratio },
    },
  ]
}
