/** The stack under chaos: two gateways and two workers that are started again, Redis with a replica, a site, a receiver. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startS3, startStack, startVideoSite, startWebhookReceiver } from '@video-scraper/testkit'
import { startRedisPair } from './redis-pair.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What differs between the runs: where files lie, and who may ask. */
export const modes = {
  'a folder, no keys': { s3: false, keys: false },
  'a bucket and keys': { s3: true, keys: true },
}

/** Where a part cannot be started, those before it are stopped. */
export async function startScene({ s3: inBucket, keys: withKeys }) {
  const parts = []
  const started = async (part) => {
    parts.unshift(await part)
    return parts[0]
  }
  const stop = async () => {
    for (const part of parts) await part.stop()
  }
  try {
    const site = await started(startVideoSite())
    const receiver = await started(startWebhookReceiver())
    const redis = await started(startRedisPair())
    const s3 = inBucket ? await started(startS3()) : null
    const stack = await started(startStack({ settings: settingsOf({ site, receiver, redis, s3, withKeys }) }))
    const owners = withKeys ? [await createKey(redis.url, 'one'), await createKey(redis.url, 'two')] : [null]
    const gateways = await startSeveral(() => stack.startGateway())
    const workers = await startSeveral(() => stack.startWorker())
    return { site, receiver, redis, s3, stack, owners, gateways, workers, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const settingsOf = ({ site, receiver, redis, s3, withKeys }) => ({
  REDIS_URL: redis.url,
  EGRESS_ALLOW: `${site.host}:${site.port},${receiver.target}`,
  RATE_LIMIT_PER_MINUTE: '0',
  MAX_DOWNLOADS_PER_CLIENT: '0',
  // In an hour two clients make more jobs than a client's records are kept for; each is looked at in the end.
  MAX_KEPT_JOBS: '0',
  MAX_KEPT_JOBS_PER_CLIENT: '0',
  MAX_STREAMS_PER_CLIENT: '1000',
  WEBHOOK_RETRY_WAITS: '1,1,1,2,2,2,4,4,4,8,8,8,16,16',
  WORKER_DOWNLOAD_CONCURRENCY: '3',
  LOG_LEVEL: 'info',
  ...(withKeys && { AUTH: 'api-key' }),
  ...s3?.environment,
})

/** Two of a kind; `replace` ends one of them and starts another in its place. */
async function startSeveral(start) {
  const running = [await start(), await start()]
  const faults = []
  return {
    running,
    /** Exit codes of those that were asked to end and did not end with 0. */
    faults,
    async replace(at, signal) {
      const old = running[at]
      const code = await old.end(signal)
      if (signal === 'SIGTERM' && code !== 0)
        faults.push(`exit code ${code} after SIGTERM: ${old.output().slice(-500)}`)
      running[at] = await start()
    },
  }
}

async function createKey(redisUrl, name) {
  const argv = ['apps/api/dist/keys.js', 'create', '--json', '--name', name, '--scope', 'read', '--scope', 'write']
  const { stdout } = await promisify(execFile)(process.execPath, argv, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, REDIS_URL: redisUrl },
  })
  return JSON.parse(stdout).key
}
