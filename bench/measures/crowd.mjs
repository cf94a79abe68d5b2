/** Twenty info jobs, four at once: from the first POST to the last observed `completed`, against as many shells. */
import { api, post, untilCompleted } from '../api-client.mjs'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 3
const JOBS = 20
const AT_ONCE = 4
const POLL_MS = 20
const TARGET = 0.22

export async function crowd({ lab, rounds = ROUNDS, say }) {
  const { site, stack, folder } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker({ WORKER_INFO_CONCURRENCY: String(AT_ONCE) })
  const addresses = (round) =>
    Array.from({ length: JOBS }, (_, job) => `${site.origin}/jsonld?title=round-${round}-job-${job}`)
  const timed = async (work) => {
    const startedAt = performance.now()
    await work
    return performance.now() - startedAt
  }
  const ours = (round) =>
    timed(
      Promise.all(
        addresses(round).map(async (url) => {
          const { job_id: id } = await post(api(origin, '/info'), { url })
          await untilCompleted(api(origin, `/job/${id}`), POLL_MS)
        }),
      ),
    )
  const shell = (round) => {
    const left = addresses(round)
    const hand = async () => {
      for (let url = left.pop(); url !== undefined; url = left.pop())
        await timeYtdlp({ runtime: lab.runtime, folder, words: ['-J', url], reads: true })
    }
    return timed(Promise.all(Array.from({ length: AT_ONCE }, hand)))
  }
  const title = `${JOBS} info jobs, ${AT_ONCE} at once`
  const values = await takeTurns({ ours, shell }, { rounds, title, unit: milliseconds, say })
  const ratio = medianRatio(values.ours, values.shell)
  return [
    {
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (yt-dlp -J)`,
      ratio,
      target: { bound: 'atMost', limit: TARGET, value: ratio },
    },
  ]
}
