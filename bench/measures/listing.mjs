/** The first page of a list of files: of 100,000 files, against the same page of 100. */
import { connectRedis, createFileIndex } from '@video-scraper/store'
import { api } from '../api-client.mjs'
import { loadOf } from '../load.mjs'
import { perSecond } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const FEW = 100
const MANY = 100_000
const PAGE = 100
const ROUNDS = 5
const SECONDS = 3
const TARGET = 0.9

export async function listing({ lab, rounds = ROUNDS, say }) {
  const few = await gatewayWithFiles(lab, FEW)
  say(`filling the index with ${MANY} files`)
  const many = await gatewayWithFiles(lab, MANY)
  const load = (side) => async () => (await loadOf({ ...side, seconds: SECONDS })).perSecond
  const turns = { rounds, title: 'GET /downloads', unit: perSecond, say }
  const values = await takeTurns({ [`of ${MANY}`]: load(many), [`of ${FEW}`]: load(few) }, turns)
  const [ours, peer] = Object.values(values)
  const ratio = medianRatio(ours, peer)
  return [
    {
      measure: `first ${PAGE} of ${MANY} files`,
      ours: perSecond(median(ours)),
      peer: `${perSecond(median(peer))} (of ${FEW})`,
      ratio,
      target: { bound: 'atLeast', limit: TARGET, value: ratio },
    },
  ]
}

async function gatewayWithFiles(lab, count) {
  const { stack } = await lab.worksite()
  const { origin, pid } = await stack.startGateway()
  const redis = connectRedis(stack.redis.url, 'worker', () => undefined)
  try {
    const index = createFileIndex(redis)
    for (let from = 0; from < count; from += 1000) {
      const entries = Array.from({ length: Math.min(1000, count - from) }, (_, at) => entryOf(from + at))
      await Promise.all(entries.map((entry) => index.add(entry)))
    }
  } finally {
    redis.disconnect()
  }
  return { pid, url: api(origin, `/downloads?limit=${PAGE}`) }
}

function entryOf(at) {
  const id = at.toString(16).padStart(32, '0')
  return {
    filename: `a-video-with-a-title-${id}.mp4`,
    jobId: `download_${id}`,
    owner: 'anonymous',
    title: `A video with a title, number ${at}`,
    sourceUrl: `https://example.com/watch?v=${at}`,
    mediaType: 'video/mp4',
    durationSeconds: 212,
    sizeBytes: 19_321_772,
    sha256: id.padStart(64, '0'),
    createdAt: 1_777_000_000_000 + at,
    expiresAt: null,
  }
}
