/** What the earlier build is asked for, so that a job is left in every state; and what it said of each. */
import { eventually } from '@video-scraper/testkit'

const API = '/api/video-scraper'
const ENDED = new Set(['completed', 'failed', 'cancelled'])

export async function leaveBehind({ stack, site, receiver, key, say }) {
  const gateway = await stack.startGateway()
  const worker = await stack.startWorker({ WORKER_DOWNLOAD_CONCURRENCY: '1', WORKER_INFO_CONCURRENCY: '1' })
  const client = clientOf(gateway.origin, key)
  const jobs = {}

  say('Webhooks …')
  const webhooks = {}
  for (const name of ['active', 'paused', 'failing']) {
    const callback_url = receiver.url.replace('/hook', `/${name}`)
    const events = ['job_complete', 'job_cancelled', 'download_complete', 'download_failed']
    webhooks[name] = (await client.post('/webhooks/register', { callback_url, events })).body
  }
  await client.change(`/webhooks/${webhooks.paused.webhook_id}`, { status: 'paused' })
  receiver.answerAt('/failing', { status: 500 })

  say('Jobs that end …')
  jobs.completedInfo = await client.info(site.url('/jsonld'))
  jobs.failedInfo = await client.info(site.url('/status/404'))
  jobs.completedDownload = await client.download(site.url('/video.mp4'))
  jobs.failedDownload = await client.download(site.url('/status/404'))
  for (const id of Object.values(jobs)) await client.ended(id)
  const file = await client.bytes((await client.status(jobs.completedDownload)).download_url)
  await eventually(async () => {
    const { deliveries } = (await client.get(`/webhooks/${webhooks.active.webhook_id}/deliveries`)).body
    if (deliveries.filter(({ status }) => status === 'delivered').length < 3) throw new Error('Not yet delivered.')
  })

  say('Idempotency-Keys …')
  const repeats = {
    info: await client.repeatable('/info', { url: site.url('/page') }, 'upgrade-info'),
    download: await client.repeatable('/download', { url: site.url('/page'), format_id: 'mp4' }, 'upgrade-download'),
    batch: await client.repeatable('/info', { urls: [site.url('/page'), 'ftp://refused.example/'] }, 'upgrade-batch'),
  }
  for (const { body } of [repeats.info, repeats.download]) await client.ended(body.job_id ?? body.download_id)

  say('A job that waits for its next attempt, and one that is at work when the worker is killed …')
  jobs.delayedInfo = await client.info(site.url('/flaky', { key: 'upgrade', failures: 1 }))
  await eventually(async () => {
    if ((await client.status(jobs.delayedInfo)).last_error === undefined) throw new Error('Not yet tried.')
  })
  jobs.interruptedDownload = await client.download(site.url('/big.mp4', { bytes: 200_000, rate: 20_000 }))
  await eventually(async () => {
    if (!((await client.status(jobs.interruptedDownload)).downloaded_bytes > 30_000))
      throw new Error('Not yet at work.')
  })
  await worker.end('SIGKILL')

  say('Jobs that wait …')
  jobs.waitingInfo = await client.info(site.url('/jsonld'))
  jobs.waitingFreshDownload = await client.download(site.url('/video.mp4'), { fresh: true })
  jobs.waitingFormat = await client.download(site.url('/hls/master.m3u8'), { format_id: 'no-such-format' })
  const callback_url = receiver.url.replace('/hook', '/callback')
  const withCallback = (await client.post('/info', { url: site.url('/page'), callback_url })).body
  jobs.waitingWithCallback = withCallback.job_id
  jobs.cancelledInfo = await client.info(site.url('/page'))
  jobs.cancelledDownload = await client.download(site.url('/page'))
  for (const id of [jobs.cancelledInfo, jobs.cancelledDownload]) await client.post(`/job/${id}/cancel`)
  jobs.retried = (await client.post(`/job/${jobs.failedInfo}/retry`)).body.job_id

  const statuses = {}
  for (const [name, id] of Object.entries(jobs)) statuses[name] = await client.status(id)
  const lists = { downloads: (await client.get('/downloads')).body, jobs: (await client.get('/jobs?limit=200')).body }
  for (const name of Object.keys(webhooks)) {
    const path = `/webhooks/${webhooks[name].webhook_id}`
    webhooks[name] = { ...webhooks[name], ...(await client.get(path)).body }
    webhooks[name].deliveries = (await client.get(`${path}/deliveries`)).body.deliveries
  }
  await gateway.end('SIGTERM')
  return {
    jobs,
    statuses,
    repeats,
    lists,
    webhooks,
    callbackSecret: withCallback.callback_secret,
    fileBytes: file.length,
  }
}

function clientOf(origin, key) {
  const ask = async (method, path, body, headers = {}) => {
    const response = await fetch(`${origin}${API}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return { status: response.status, body: await response.json() }
  }
  const post = (path, body) => ask('POST', path, body)
  const status = async (id) => (await ask('GET', `/${id.startsWith('download_') ? 'status' : 'job'}/${id}`)).body
  return {
    get: (path) => ask('GET', path),
    post,
    change: (path, body) => ask('PATCH', path, body),
    status,
    info: async (url) => (await post('/info', { url })).body.job_id,
    download: async (url, options = {}) => (await post('/download', { url, ...options })).body.download_id,
    repeatable: async (path, body, name) => ({
      path,
      sent: body,
      key: name,
      ...(await ask('POST', path, body, { 'idempotency-key': name })),
    }),
    bytes: async (path) => {
      const response = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${key}` } })
      return Buffer.from(await response.arrayBuffer())
    },
    ended: (id) =>
      eventually(
        async () => {
          const body = await status(id)
          if (!ENDED.has(body.status)) throw new Error(`Still under way: ${JSON.stringify(body)}`)
        },
        { timeoutMs: 90_000, everyMs: 100 },
      ),
  }
}
