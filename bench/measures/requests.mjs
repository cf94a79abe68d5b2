/** Requests per second: an accepted POST /info, and GET /job with an empty and a long queue, against bare Fastify. */
import { api, get, post, untilCompleted } from '../api-client.mjs'
import { launchBareRoutes } from '../launch.mjs'
import { loadOf } from '../load.mjs'
import { perSecond } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const ROUNDS = 5
const SECONDS = 4
const WAITING = 100_000
const targets = { post: 0.08, postsPerSecond: 3000, get: 0.4, waiting: 0.9 }

export async function requests({ lab, rounds = ROUNDS, say }) {
  // One queue takes what POST is measured with, one stays empty, and one is filled to the amount that is promised.
  const posted = await gatewayWithCompletedJob(lab)
  const empty = await gatewayWithCompletedJob(lab)
  const full = await gatewayWithCompletedJob(lab)
  const wanted = { url: full.source }
  const accepted = await post(api(posted.origin, '/info'), wanted)
  const bare = lab.keep(await launchBareRoutes({ reply: await get(empty.job), accepted }))

  const costs = {}
  const load =
    (name, { pid }, url, body) =>
    async () => {
      const { perSecond: rate, microseconds } = await loadOf({ url, pid, body, seconds: SECONDS })
      costs[name] = [...(costs[name] ?? []), microseconds]
      return rate
    }
  const turns = { rounds, unit: perSecond, say }

  const posts = await takeTurns(
    {
      ours: load('POST /info', posted, api(posted.origin, '/info'), wanted),
      bare: load('bare POST', bare, bare.origin, wanted),
    },
    { ...turns, title: 'POST /info' },
  )
  say(`filling a queue with ${WAITING} jobs`)
  await loadOf({ ...full, url: api(full.origin, '/info'), body: wanted, amount: WAITING })
  const gets = await takeTurns(
    {
      ours: load('GET /job', empty, empty.job),
      'ours with jobs waiting': load(`GET /job, ${WAITING} waiting`, full, full.job),
      bare: load('bare GET', bare, bare.origin),
    },
    { ...turns, title: 'GET /job' },
  )
  const crowded = gets['ours with jobs waiting']

  say('processor time of the answering process per request:')
  for (const [name, values] of Object.entries(costs)) say(`  ${name}: ${Math.round(median(values.slice(1)))} µs`)

  return [
    row('POST /info, accepted', { ours: posts.ours, peer: posts.bare, kind: 'bare Fastify', target: targets.post }),
    rateRow('POST /info, accepted, per second', posts.ours, targets.postsPerSecond),
    row('GET /job/{id}', { ours: gets.ours, peer: gets.bare, kind: 'bare Fastify', target: targets.get }),
    row(`GET /job/{id}, ${WAITING} jobs waiting`, {
      ours: crowded,
      peer: gets.ours,
      kind: 'none waiting',
      target: targets.waiting,
    }),
  ]
}

function row(measure, { ours, peer, kind, target }) {
  const ratio = medianRatio(ours, peer)
  return {
    measure,
    ours: perSecond(median(ours)),
    peer: `${perSecond(median(peer))} (${kind})`,
    ratio,
    target: { bound: 'atLeast', limit: target, value: ratio },
  }
}

function rateRow(measure, ours, target) {
  const rate = Math.round(median(ours))
  const checked = { bound: 'atLeast', limit: target, value: rate, unit: '/s' }
  return { measure, ours: perSecond(rate), peer: '–', ratio: null, target: checked }
}

/** A gateway with one finished job and nobody who takes more: what is posted from now on piles up. */
async function gatewayWithCompletedJob(lab) {
  const { site, stack } = await lab.worksite()
  const { origin, pid } = await stack.startGateway()
  const worker = await stack.startWorker()
  const source = `${site.origin}/jsonld`
  const { job_id: id } = await post(api(origin, '/info'), { url: source })
  const job = api(origin, `/job/${id}`)
  await untilCompleted(job, 20)
  await worker.end('SIGTERM')
  return { origin, pid, source, job }
}
