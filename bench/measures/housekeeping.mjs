/** What a worker at rest costs: processor time of two rounds of housekeeping, with a large library against a small one. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connectRedis, createFileIndex, keys } from '@video-scraper/store'
import { processorSecondsOf } from '../processes.mjs'
import { milliseconds } from '../report.mjs'

const FEW = 100
const MANY = 20_000
/** Two rounds of half a minute. The hourly sweep has been done before. */
const REST_MS = 65_000
/** Start-up is over by then: what follows is rest. */
const SETTLED_MS = 12_000
const TARGET = 1.3

export async function housekeeping({ lab, say }) {
  const few = await workerWithFiles(lab, FEW)
  say(`filling a library with ${MANY} files`)
  const many = await workerWithFiles(lab, MANY)
  say(`housekeeping: ${(SETTLED_MS + REST_MS) / 1000} s of rest`)
  await delay(SETTLED_MS)
  const before = await Promise.all([few, many].map(processorSecondsOf))
  await delay(REST_MS)
  const after = await Promise.all([few, many].map(processorSecondsOf))
  const [small, large] = after.map((seconds, at) => (seconds - before[at]) * 1000)
  const ratio = large / small
  return [
    {
      measure: `two rounds of housekeeping, ${MANY} files`,
      ours: milliseconds(large),
      peer: `${milliseconds(small)} (${FEW} files)`,
      ratio,
      target: { bound: 'below', limit: TARGET, value: ratio },
    },
  ]
}

/** Resolves to the worker's process id. */
async function workerWithFiles(lab, count) {
  const { stack } = await lab.worksite()
  const library = join(stack.dataDir, 'library')
  await mkdir(library, { recursive: true, mode: 0o700 })
  const redis = connectRedis(stack.redis.url, 'worker', () => undefined)
  try {
    const index = createFileIndex(redis)
    for (let from = 0; from < count; from += 500) {
      const entries = Array.from({ length: Math.min(500, count - from) }, (_, at) => entryOf(from + at))
      await Promise.all(
        entries.map(async (entry) => {
          const path = join(library, entry.filename)
          await Promise.all([index.add(entry), writeFile(path, 'x'), writeFile(`${path}.json`, JSON.stringify(entry))])
        }),
      )
    }
    // The walk through the library comes once an hour, and is not what a worker at rest costs.
    await redis.set(keys.maintenance('sweep'), 'bench', 'EX', 3600)
  } finally {
    redis.disconnect()
  }
  return (await stack.startWorker()).pid
}

function entryOf(at) {
  const id = at.toString(16).padStart(32, '0')
  return {
    filename: `a-video-${id}.mp4`,
    jobId: `download_${id}`,
    owner: 'anonymous',
    title: `A video, number ${at}`,
    sourceUrl: `https://example.com/watch?v=${at}`,
    mediaType: 'video/mp4',
    durationSeconds: 212,
    sizeBytes: 1,
    sha256: id.padStart(64, '0'),
    createdAt: Date.now(),
    expiresAt: Date.now() + 86_400_000,
  }
}
