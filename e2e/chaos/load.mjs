/** What clients do while faults happen: jobs of every kind, followed, cancelled, repeated, reported by webhooks, removed. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { followToEnd } from './streams.mjs'

const CLIENTS = 6
/** Later than the last fault, so that a stream that never ends is distinguished from a slow one. */
const FOLLOW_MS = 300_000

/** What is asked for, and how it must end. `bytes`: the file's content is known. */
const requestsOfClients = [
  { kind: 'info', path: '/jsonld', ends: 'completed' },
  { kind: 'info', path: '/page', ends: 'completed' },
  { kind: 'info', path: '/status/404', ends: 'failed', code: 'video_unavailable' },
  { kind: 'download', path: '/video.mp4', ends: 'completed' },
  { kind: 'download', path: '/big.mp4', query: { bytes: 3_000_000, rate: 1_000_000 }, ends: 'completed' },
  { kind: 'download', path: '/big.mp4', query: { bytes: 6_000_000, rate: 500_000 }, ends: 'completed' },
  { kind: 'download', path: '/dash/manifest.mpd', ends: 'completed' },
  { kind: 'download', path: '/hls/master.m3u8', ends: 'completed' },
  { kind: 'download', path: '/long-hls.m3u8', query: { fragments: 60, delay: 60 }, ends: 'completed' },
  { kind: 'download', path: '/status/404.mp4', ends: 'failed', code: 'video_unavailable' },
]

const routes = {
  info: { create: '/info', id: 'job_id', status: (id) => `/job/${id}` },
  download: { create: '/download', id: 'download_id', status: (id) => `/status/${id}` },
}

export const statusPath = ({ kind, id }) => routes[kind].status(id)

/** Makes jobs until `over` aborts; resolves to all of them, once each client has done what it began. */
export async function runLoad({ scene, requests, random, over, oddities }) {
  const jobs = []
  const following = []
  const client = async () => {
    while (!over.aborted) {
      await useOnce({ scene, requests, random, jobs, following, oddities }).catch((error) =>
        oddities.push(String(error)),
      )
      await delay(random.between(100, 1500))
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return { jobs, followed: Promise.all(following) }
}

async function useOnce({ scene, requests, random, jobs, following, oddities }) {
  const wanted = random.pick(requestsOfClients)
  const owner = random.pick(scene.owners)
  // Half of the addresses are new; the others may be answered from what is known.
  const query = { ...wanted.query, ...(random.chance(0.5) && { n: randomUUID() }) }
  const wantsCallback = random.chance(0.5)
  const body = {
    url: scene.site.url(wanted.path, query),
    ...(wantsCallback && { callback_url: `${scene.receiver.url}/${randomUUID()}` }),
  }
  const { create, id: idName } = routes[wanted.kind]
  const headers = { 'idempotency-key': `"${randomUUID()}"`, ...(random.chance(0.1) && { prefer: 'wait=5' }) }
  const post = () => requests.ask('POST', create, { owner, body, headers })
  const { status, body: answer } = await post()
  if (status !== 202 && status !== 200) {
    oddities.push(`POST ${create} was answered ${status}: ${JSON.stringify(answer)}`)
    return
  }
  const job = {
    ...wanted,
    owner,
    id: answer[idName],
    body,
    secret: answer.callback_secret ?? null,
    cancelled: false,
    end: null,
  }
  jobs.push(job)
  if (random.chance(0.2)) await repeat(post, idName, job, oddities)
  if (random.chance(0.3)) following.push(follow(requests, job))
  if (random.chance(0.15)) await cancelSoon(requests, random, job, oddities)
  else if (random.chance(0.3)) await untilEnded(requests, random, job)
}

/** The same key is the same job, also through another gateway and after a fault. */
async function repeat(post, idName, job, oddities) {
  const { body } = await post()
  if (body[idName] !== job.id) oddities.push(`A repeated POST of ${job.id} made ${body[idName]}.`)
}

async function follow(requests, job) {
  job.followed = true
  job.end = await followToEnd(requests, {
    path: `${statusPath(job)}/events`,
    owner: job.owner,
    deadline: Date.now() + FOLLOW_MS,
  })
}

async function cancelSoon(requests, random, job, oddities) {
  await delay(random.between(0, 4000))
  const { status, body } = await requests.ask('POST', `/job/${job.id}/cancel`, { owner: job.owner })
  if (status === 200) job.cancelled = true
  else if (status !== 409) oddities.push(`Cancelling ${job.id} was answered ${status}: ${JSON.stringify(body)}`)
}

/** Watches a job for a while. A progress that falls, or an end that is taken back, is an oddity. */
async function untilEnded(requests, random, job) {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline) {
    const { body } = await requests.ask('GET', statusPath(job), { owner: job.owner })
    job.seen = [...(job.seen ?? []), { status: body?.status, progress: body?.progress }].slice(-200)
    if (['completed', 'failed', 'cancelled'].includes(body?.status)) return
    await delay(random.between(200, 1000))
  }
}
