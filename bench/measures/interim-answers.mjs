/** How long an honest info job takes beside two whose sources send interim answers as fast as they can, against alone. */
import { startInterimAnswers } from '@video-scraper/testkit'
import { api, post, untilCompleted } from '../api-client.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 9
const POLL_MS = 10
/** What is promised: four times as long, or a second. */
const TIMES = 4
const AT_LEAST_MS = 1000

export async function interimAnswers({ lab, rounds = ROUNDS, say }) {
  const { site, stack } = await lab.worksite()
  const flood = await startInterimAnswers()
  lab.keep({ end: () => flood.stop() })
  const { origin } = await stack.startGateway()
  await stack.startWorker({ EGRESS_ALLOW: `${new URL(site.origin).host},${flood.host}`, INFO_CACHE_SECONDS: '0' })

  const timed = async (side, round) => {
    const startedAt = performance.now()
    const { job_id: id } = await post(api(origin, '/info'), { url: `${site.origin}/jsonld?title=${side}-${round}` })
    await untilCompleted(api(origin, `/job/${id}`), POLL_MS)
    return performance.now() - startedAt
  }
  const beside = async (round) => {
    const hostile = [1, 2].map((at) => post(api(origin, '/info'), { url: `http://${flood.host}/${round}-${at}.mp4` }))
    const jobs = await Promise.all(hostile)
    const before = flood.connections()
    while (flood.connections() === before) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    const value = await timed('beside', round)
    // The next round begins without them, and with what they have left of the worker.
    for (const { job_id: id } of jobs) await post(api(origin, `/job/${id}/cancel`), {})
    return value
  }
  const title = 'an honest info job beside two floods of interim answers'
  const sides = { beside, alone: (round) => timed('alone', round) }
  const values = await takeTurns(sides, { rounds, title, unit: milliseconds, say })
  const alone = median(values.alone)
  const limit = Math.max(TIMES * alone, AT_LEAST_MS)
  return [
    {
      measure: title,
      ours: milliseconds(median(values.beside)),
      peer: `${milliseconds(alone)} (alone)`,
      ratio: medianRatio(values.beside, values.alone),
      target: { bound: 'atMost', limit: Math.round(limit), value: median(values.beside), unit: ' ms' },
    },
  ]
}
