/** The most memory of its own that a job takes which solves, its JavaScript runtime included, against a shell's. */
import { setTimeout as delay } from 'node:timers/promises'
import { descendantsOf } from '@video-scraper/testkit'
import { api, untilCompleted } from '../api-client.mjs'
import { startYtdlp } from '../peers/shell-ytdlp.mjs'
import { privateMemoryOf } from '../processes.mjs'
import { megabytes } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'
import { openYoutubeLab } from '../youtube-lab.mjs'

const ROUNDS = 3
const TARGET = 0.5
const LOOK_EVERY_MS = 10
const POLL_MS = 20
/** As many as a worker runs with its default settings. */
const AT_ONCE = 6

export async function javascriptMemory({ lab, rounds = ROUNDS, say }) {
  const youtube = await openYoutubeLab(lab, { WORKER_INFO_CONCURRENCY: String(AT_ONCE) })
  const isJob = ({ commandLine }) => commandLine.includes(`${youtube.dataDir}/work/`)
  const ofJobs = () => {
    const all = descendantsOf(youtube.worker)
    return all.filter(isJob).flatMap((job) => [job, ...descendantsOf(job.pid)])
  }
  const solve = async (count) => {
    const ids = await Promise.all(Array.from({ length: count }, () => youtube.start('solvable')))
    return peakWhile(ofJobs, Promise.all(ids.map((id) => untilCompleted(api(youtube.origin, `/job/${id}`), POLL_MS))))
  }
  const none = await youtube.look()
  const sixNew = await solve(AT_ONCE)
  await youtube.prepared(none)
  const sixKnown = await solve(AT_ONCE)
  say(
    `${AT_ONCE} jobs at once that solve: ${megabytes(sixNew)} with a new player, ${megabytes(sixKnown)} with a known one.`,
  )
  const shell = async () => {
    const { pid, exited } = startYtdlp(youtube.shell('solvable'))
    return peakWhile(() => [{ pid }, ...descendantsOf(pid)], exited)
  }
  const title = 'most private memory of a job that solves'
  const values = await takeTurns({ ours: () => solve(1), shell }, { rounds, title, unit: megabytes, say })
  const ratio = medianRatio(values.ours, values.shell)
  return [
    {
      measure: title,
      ours: `${megabytes(median(values.ours))} (six at once ${megabytes(sixKnown)}, new player ${megabytes(sixNew)})`,
      peer: `${megabytes(median(values.shell))} (yt-dlp -J)`,
      ratio,
      target: { bound: 'atMost', limit: TARGET, value: ratio },
    },
  ]
}

/** The most that the processes held together at any look until `done`. */
async function peakWhile(processes, done) {
  let isDone = false
  const settled = Promise.resolve(done).finally(() => {
    isDone = true
  })
  let peak = 0
  while (!isDone) {
    // One that ended meanwhile holds nothing.
    const bytes = await Promise.all(processes().map(({ pid }) => privateMemoryOf(pid).catch(() => 0)))
    peak = Math.max(
      peak,
      bytes.reduce((sum, each) => sum + each, 0),
    )
    await delay(LOOK_EVERY_MS)
  }
  await settled
  return peak
}
