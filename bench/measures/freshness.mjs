/** How old the progress is that a polling client sees, while eight downloads run. */
import { setTimeout as delay } from 'node:timers/promises'
import { api, get, post } from '../api-client.mjs'
import { milliseconds } from '../report.mjs'

const DOWNLOADS = 8
const SECONDS = 20
const POLL_MS = 250
const RATE = 500_000
const TARGET_SECONDS = 1
const SHARE = 0.95

export async function freshness({ lab, say }) {
  const { site, stack } = await lab.worksite()
  const { origin } = await stack.startGateway()
  await stack.startWorker({ WORKER_DOWNLOAD_CONCURRENCY: String(DOWNLOADS) })
  const bytes = RATE * SECONDS * 4
  const ids = []
  for (let made = 0; made < DOWNLOADS; made += 1) {
    const url = `${site.origin}/big.mp4?bytes=${bytes}&rate=${RATE}&n=${made}`
    ids.push((await post(api(origin, '/download'), { url })).download_id)
  }
  const statusOf = (id) => get(api(origin, `/status/${id}`))
  for (const id of ids) while (!((await statusOf(id)).downloaded_bytes > 0)) await delay(POLL_MS)

  const ages = []
  const poll = async (id, until) => {
    while (performance.now() < until) {
      const { phase, heartbeat_at: heartbeat } = await statusOf(id)
      if (phase !== 'downloading') throw new Error(`A download is ${phase} while it is watched.`)
      // The worker's clock is this machine's, so this is the age of what it heard last.
      ages.push(Date.now() - Date.parse(heartbeat))
      await delay(POLL_MS)
    }
  }
  say(`freshness: ${DOWNLOADS} downloads are watched for ${SECONDS} s`)
  const until = performance.now() + SECONDS * 1000
  await Promise.all(ids.map((id) => poll(id, until)))
  for (const id of ids) await post(api(origin, `/job/${id}/cancel`), {})

  const sorted = ages.toSorted((one, other) => one - other)
  const age = (share) => sorted[Math.ceil(sorted.length * share) - 1]
  return [
    {
      measure: `age of progress, ${DOWNLOADS} downloads, 95 of 100 polls`,
      ours: `${milliseconds(age(SHARE))} (median ${milliseconds(age(0.5))}, worst ${milliseconds(age(1))})`,
      peer: '–',
      ratio: null,
      target: { bound: 'atMost', limit: TARGET_SECONDS, value: age(SHARE) / 1000, unit: ' s' },
    },
  ]
}
