/** What asking for a key costs: GET /job at a gateway with AUTH=api-key, against one that asks nobody. */
import { api, post, untilCompleted } from '../api-client.mjs'
import { createKey } from '../launch.mjs'
import { loadOf } from '../load.mjs'
import { perSecond } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 5
const SECONDS = 4
const TARGET = 0.95

export async function keys({ lab, rounds = ROUNDS, say }) {
  const { site, stack } = await lab.worksite()
  const [open, keyed] = [await stack.startGateway(), await stack.startGateway({ AUTH: 'api-key' })]
  const key = await createKey(stack.redis.url, [
    '--name',
    'bench',
    '--scope',
    'read',
    '--scope',
    'write',
    '--rate',
    '0',
  ])
  const worker = await stack.startWorker()
  const sides = {
    'with keys': { ...keyed, headers: { authorization: `Bearer ${key}` } },
    without: { ...open, headers: {} },
  }
  const costs = {}
  const load = async (name, { origin, pid, headers }) => {
    const { job_id: id } = await post(api(origin, '/info'), { url: `${site.origin}/jsonld` }, headers)
    const url = api(origin, `/job/${id}`)
    await untilCompleted(url, 20, headers)
    return async () => {
      const { perSecond: rate, microseconds } = await loadOf({ url, pid, headers, seconds: SECONDS })
      costs[name] = [...(costs[name] ?? []), microseconds]
      return rate
    }
  }
  const loads = {}
  for (const [name, side] of Object.entries(sides)) loads[name] = await load(name, side)
  await worker.end('SIGTERM')

  const rates = await takeTurns(loads, { rounds, unit: perSecond, say, title: 'GET /job' })
  for (const [name, values] of Object.entries(costs))
    say(`  ${name}: ${Math.round(median(values.slice(1)))} µs a request`)
  const ratio = medianRatio(rates['with keys'], rates.without)
  return [
    {
      measure: 'GET /job/{id} with an API key',
      ours: perSecond(median(rates['with keys'])),
      peer: `${perSecond(median(rates.without))} (AUTH=none)`,
      ratio,
      target: { bound: 'atLeast', limit: TARGET, value: ratio },
    },
  ]
}
