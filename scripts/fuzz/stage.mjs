/** What is fuzzed: a gateway, a worker, a Redis and a video site of our own, with a job of each kind that has ended. */
import { readFileSync } from 'node:fs'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'

/** So that no case is refused before it reaches its operation. */
const settings = {
  ANONYMOUS_COOKIES: 'true',
  RATE_LIMIT_PER_MINUTE: '0',
  MAX_REQUESTS_PER_MINUTE: '0',
  MAX_REFUSED_REQUESTS: '0',
  MAX_DOWNLOADS_PER_CLIENT: '0',
  MAX_WAITING_JOBS_PER_CLIENT: '0',
}

const api = '/api/video-scraper'

/** Resolves to `{ origin, known, faults, stop }`. `faults()` lists the lines of the log that tell of faults of ours. */
export async function setTheStage() {
  // Compiled by the setup, so it is not there when this file is loaded.
  const { eventually, startStack, startVideoSite } = await import(`${projectRoot}/packages/testkit/dist/index.js`)
  const site = await startVideoSite()
  const stack = await startStack({ settings: { ...settings, EGRESS_ALLOW: `${site.host}:${site.port}` } })
  const stop = () => Promise.all([stack.stop(), site.stop()])
  try {
    const [gateway, worker] = [await stack.startGateway(), await stack.startWorker()]
    const url = site.url('/video.mp4')
    const post = async (path, body) => {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      return (await fetch(`${gateway.origin}${api}${path}`, options)).json()
    }
    const ended = (path) =>
      eventually(
        async () => {
          const job = await (await fetch(`${gateway.origin}${api}${path}`)).json()
          if (job.status !== 'completed') throw new UserFacingError(`The job to begin with is ${JSON.stringify(job)}.`)
          return job
        },
        { timeoutMs: 60_000, everyMs: 100 },
      )
    const { job_id } = await post('/info', { url })
    const { download_id } = await post('/download', { url })
    await ended(`/job/${job_id}`)
    const { filename } = await ended(`/status/${download_id}`)
    const { webhook_id } = await post('/webhooks/register', { callback_url: url, events: ['job_complete'] })
    const ids = { job_id: [job_id, download_id], download_id: [download_id], webhook_id: [webhook_id] }
    const known = { url, ...ids, filename: [filename] }
    return { origin: gateway.origin, known, stop, faults: () => [gateway, worker].flatMap(faultsIn) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A process that is gone has said why, or its last lines have to do. */
function faultsIn({ pid, output }) {
  const lines = output().trimEnd().split('\n')
  const isBad = (line) => /"level":"(error|fatal)"/.test(line) || !line.startsWith('{')
  const bad = lines.filter((line, at) => at > 0 && isBad(line))
  return isRunning(pid) ? bad : [`Process ${pid} is gone.`, ...lines.slice(-5)]
}

function isRunning(pid) {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
