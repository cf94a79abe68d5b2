/** What is known need not be fetched again: info that is cached, and a second download, each against the first. */
import { api, post, untilCompleted } from '../api-client.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 7
const POLL_MS = 5
const requests = [
  {
    title: 'cached info of a page',
    path: '/info',
    source: '/jsonld?title=again',
    statusOf: ({ job_id: id }) => `/job/${id}`,
    target: 0.5,
  },
  {
    title: 'second download of 50 MB',
    path: '/download',
    source: '/big.mp4?bytes=50000000&rate=0',
    statusOf: ({ download_id: id }) => `/status/${id}`,
    target: 0.2,
  },
]

export async function again({ lab, rounds = ROUNDS, say }) {
  const { site, stack } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker()
  const rows = []
  for (const { title, path, source, statusOf, target } of requests) {
    const timed = async (url, cached) => {
      const startedAt = performance.now()
      const job = await untilCompleted(api(origin, statusOf(await post(api(origin, path), { url }))), POLL_MS)
      if (job.cached !== cached) throw new Error(`It was ${job.cached ? '' : 'not '}cached.`)
      return performance.now() - startedAt
    }
    // Another address each round; its first job knows nothing, its second everything.
    const address = (round) => `${site.origin}${source}&round=${round}`
    const sides = { first: (round) => timed(address(round), false), second: (round) => timed(address(round), true) }
    const values = await takeTurns(sides, { rounds, title, unit: milliseconds, say })
    const ratio = medianRatio(values.second, values.first)
    rows.push({
      measure: title,
      ours: milliseconds(median(values.second)),
      peer: `${milliseconds(median(values.first))} (the first)`,
      ratio,
      target: { bound: 'atMost', limit: target, value: ratio },
    })
  }
  return rows
}
