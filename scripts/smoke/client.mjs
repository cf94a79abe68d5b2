/** Speaks to the gateway as a client would, and waits for what it promises. */
import assert from 'node:assert/strict'

const REQUEST_MS = 20_000
const POLL_MS = 150

/** Where the video site is for the workers; nobody else reaches it. It has no certificate for the name `stranger`. */
export const ORIGINS = { https: 'https://site:8443', http: 'http://site:8080', stranger: 'https://stranger:8443' }

/** An address of the video site; over HTTPS, unless another origin is given. */
export const site = (path, query = {}, origin = ORIGINS.https) => {
  const url = new URL(path, origin)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** A video of `bytes` bytes that takes `seconds` to be sent. */
export const slowVideo = ({ bytes = 1_000_000, seconds }) =>
  site('/slow.mp4', { bytes, rate: Math.round(bytes / seconds) })

export function createClient({ origin }) {
  const request = (path, options = {}) =>
    fetch(new URL(path, origin), { signal: AbortSignal.timeout(REQUEST_MS), ...options })

  async function json(path, expected, options) {
    const reply = await request(path, options)
    const text = await reply.text()
    assert.equal(reply.status, expected, `${path} answered ${reply.status}: ${text}`)
    return JSON.parse(text)
  }
  const post = (path, body) =>
    json(path, 202, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

  const api = '/api/video-scraper'
  const client = {
    request,
    get: (path) => json(path, 200),
    startInfo: async (url) => (await post(`${api}/info`, { url })).job_id,
    startDownload: async (url) => (await post(`${api}/download`, { url })).download_id,
    infoJob: (id) => json(`${api}/job/${id}`, 200),
    download: (id) => json(`${api}/status/${id}`, 200),
    downloads: () => json(`${api}/downloads`, 200),
    cancel: (id) => json(`${api}/job/${id}/cancel`, 200, { method: 'POST' }),
    /** Resolves to the last status of an info job, however it ended. */
    described: (id) =>
      until(`${id} has ended`, 60_000, async () => {
        const job = await client.infoJob(id)
        return job.status === 'processing' ? undefined : job
      }),
    /** Resolves to the download's status when some of its bytes have come, and fails when it ends before. */
    untilUnderWay: (id) =>
      until(`${id} is under way`, 60_000, async () => {
        const status = await client.download(id)
        assert.equal(status.status, 'in_progress', JSON.stringify(status))
        return status.progress > 0.05 && status.phase === 'downloading' ? status : undefined
      }),
    /** Resolves to the last status of a download that completes, and fails at once when it ends in another way. */
    untilCompleted: (id, withinMs = 60_000, onStatus = () => undefined) =>
      until(`${id} is completed`, withinMs, async () => {
        const status = await client.download(id)
        onStatus(status)
        assert.ok(['in_progress', 'completed'].includes(status.status), JSON.stringify(status))
        return status.status === 'completed' ? status : undefined
      }),
  }
  return client
}

/** Idempotency `look` until it answers anything but undefined. What it throws ends the waiting. */
export async function until(what, withinMs, look) {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await look()
    if (answer !== undefined) return answer
    assert.ok(performance.now() < deadline, `not within ${withinMs / 1000} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
