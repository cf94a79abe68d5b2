/** What must hold when the faults are over (docs/states.md): each count names what broke it. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { statusPath } from './load.mjs'

const ENDS = new Set(['completed', 'failed', 'cancelled'])
const DRAINED_WITHIN_MS = 240_000
/** A work folder that a dead worker left is swept when it is a minute old, by a round of every half minute. */
const TIDY_WITHIN_MS = 150_000

/** Waits until every job has ended, and resolves to what broke. */
export async function checkInvariants({ scene, requests, jobs }) {
  const broken = {
    lost: [],
    'not ended': [],
    'completed after a cancel': [],
    'good jobs failed': [],
    'bad jobs that did not fail as they should': [],
    'files not identical': [],
    'webhooks missing or wrong': [],
    'streams without their end': [],
    'progress fell or an end was taken back': [],
    'left behind': [],
  }
  const deadline = Date.now() + DRAINED_WITHIN_MS
  for (const job of jobs) await checkJob({ scene, requests, job, broken, deadline })
  await checkWebhooks({ scene, jobs, broken, deadline })
  await checkRemains({ scene, requests, broken })
  return broken
}

async function checkJob({ scene, requests, job, broken, deadline }) {
  const body = await ended(requests, job, deadline)
  if (body === null) return void broken.lost.push(job.id)
  job.final = body
  const what = `${job.id} (${job.path}): ${body.status} ${body.code ?? ''} ${body.error ?? ''}`
  const fault = faultOf(job, body)
  if (fault !== null) broken[fault].push(what)
  if (job.followed && job.end !== body.status)
    broken['streams without their end'].push(`${what}; the stream: ${job.end}`)
  if (wentBack(job.seen ?? []))
    broken['progress fell or an end was taken back'].push(`${job.id}: ${JSON.stringify(job.seen)}`)
  if (job.kind === 'download' && body.status === 'completed') await checkFile({ scene, requests, job, broken })
}

/** Which invariant the end of a job breaks, or null. */
function faultOf({ cancelled, ends, code: wanted }, { status, code }) {
  if (!ENDS.has(status)) return 'not ended'
  if (cancelled) return status === 'cancelled' ? null : 'completed after a cancel'
  if (ends === 'completed') return status === 'completed' ? null : 'good jobs failed'
  return status === 'failed' && code === wanted ? null : 'bad jobs that did not fail as they should'
}

/** The last body; null where the service does not know the job. */
async function ended(requests, job, deadline) {
  for (;;) {
    const { status, body } = await requests.ask('GET', statusPath(job), { owner: job.owner })
    if (status === 404) return null
    if (ENDS.has(body.status) || Date.now() > deadline) return body
    await delay(500)
  }
}

function wentBack(seen) {
  return seen.some(({ status, progress }, at) => {
    const before = seen[at - 1]
    if (before === undefined) return false
    return (
      (ENDS.has(before.status) && status !== before.status) || (status === before.status && progress < before.progress)
    )
  })
}

async function checkFile({ scene, requests, job, broken }) {
  const { filename, sha256 } = job.final
  const read = async (response) =>
    createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex')
  const { status, body: digest } = await requests.ask('GET', `/download/${filename}`, { owner: job.owner, read })
  const wanted = job.path === '/big.mp4' ? await scene.site.largeVideoDigest(job.query.bytes) : (sha256 ?? digest)
  if (status !== 200 || digest !== wanted)
    broken['files not identical'].push(`${job.id}: ${status} ${digest}, not ${wanted}`)
}

const word = { completed: 'complete', failed: 'failed', cancelled: 'cancelled' }

async function checkWebhooks({ scene, jobs, broken, deadline }) {
  for (const job of jobs.filter(({ body, final }) => body.callback_url && final)) {
    const path = new URL(job.body.callback_url).pathname
    const came = () => scene.receiver.received().filter((each) => each.path === path)
    while (came().length === 0 && Date.now() < deadline) await delay(200)
    const expected = `${job.kind === 'download' ? 'download' : 'job'}_${word[job.final.status]}`
    const events = new Set(came().map((each) => eventOf(job, each)))
    if (events.size !== 1 || !events.has(expected)) {
      broken['webhooks missing or wrong'].push(`${job.id}: ${[...events].join(', ') || 'nothing'}, not ${expected}`)
    }
  }
}

/** A receiver refuses a message whose time is further away from its own. */
const CLOCKS_APART_MAX_MS = 300_000

/** What came, if the receiver could verify it when it came: `verify` of the library would ask how old it is now. */
function eventOf(job, { text, headers, at }) {
  const sentAt = Number(headers['webhook-timestamp']) * 1000
  const signature = new Webhook(job.secret).sign(headers['webhook-id'], new Date(sentAt), text)
  if (!String(headers['webhook-signature']).split(' ').includes(signature)) return 'a wrong signature'
  if (!(Math.abs(at - sentAt) <= CLOCKS_APART_MAX_MS)) return 'a time that is too far away'
  return JSON.parse(text).type
}

/** Nothing may stay that belongs to a job that has ended. */
async function checkRemains({ scene, requests, broken }) {
  const deadline = Date.now() + TIDY_WITHIN_MS
  let remains = await remainsOf(scene, requests)
  while (remains.length > 0 && Date.now() < deadline) {
    await delay(2000)
    remains = await remainsOf(scene, requests)
  }
  broken['left behind'].push(...remains)
}

/** All files of an owner, page after page. */
async function* filesOf(requests, owner) {
  let next = '?limit=1000'
  while (next !== undefined) {
    const { body, headers } = await requests.ask('GET', `/downloads${next}`, { owner })
    yield* body
    next = /<[^>]*(\?[^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
  }
}

const TEMPORARY_KEYS = /:(places|unfinished|claims):/

async function remainsOf({ stack, redis, owners }, requests) {
  const remains = (await readdir(join(stack.dataDir, 'work'))).map((name) => `work/${name}`)
  const listed = new Set()
  for (const owner of owners) {
    for await (const { filename } of filesOf(requests, owner)) listed.add(filename)
  }
  for (const name of await readdir(join(stack.dataDir, 'library')).catch(() => [])) {
    // A half-copied file of a killed worker is swept when it is older than the longest job.
    if (!name.startsWith('.') && !listed.has(name.replace(/\.json$/, ''))) remains.push(`library/${name}`)
  }
  let cursor = '0'
  do {
    const [next, names] = await redis.connection.scan(cursor, 'COUNT', 1000)
    remains.push(...names.filter((name) => TEMPORARY_KEYS.test(name)))
    cursor = next
  } while (cursor !== '0')
  return remains
}
