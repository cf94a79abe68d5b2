/** What the egress proxy costs: bytes per second of yt-dlp through it, against the same yt-dlp straight to the site. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTargetPolicy, startEgressProxy } from '@video-scraper/egress'
import { temporaryFolder } from '@video-scraper/testkit'
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { megabytesPerSecond } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const BYTES = 500_000_000
const TARGET = 0.95

const sources = [
  { title: '500 MB at 50 MB/s', rate: 50_000_000, rounds: 3 },
  { title: '500 MB without a limit', rate: 0, rounds: 7 },
]

export async function proxy({ lab, rounds, say }) {
  const { host } = new URL(lab.site.origin)
  const egress = await startEgressProxy({ policy: createTargetPolicy({ allow: [host] }) })
  lab.keep({ end: () => egress.close() })
  const { path: folder, remove } = await temporaryFolder()
  lab.keep({ end: remove })
  const rows = []
  for (const source of sources) {
    const url = `${lab.site.origin}/big.mp4?bytes=${BYTES}&rate=${source.rate}`
    const timed = async (words) => {
      const common = ['--quiet', '--no-progress', '--output', 'media.%(ext)s', ...words, url]
      const ms = await timeYtdlp({ runtime: lab.runtime, folder, words: common })
      await rm(join(folder, 'media.mp4'))
      return (BYTES / ms) * 1000
    }
    const through = async () => {
      const admission = egress.admit('bench')
      const value = await timed(['--proxy', admission.proxyUrl])
      if (admission.bytes() < BYTES) throw new Error('The bytes did not come through the proxy.')
      admission.revoke()
      return value
    }
    const turns = { rounds: rounds ?? source.rounds, title: `proxy, ${source.title}`, unit: megabytesPerSecond, say }
    const values = await takeTurns({ through, straight: () => timed([]) }, turns)
    const ratio = medianRatio(values.through, values.straight)
    rows.push({
      measure: `proxy, ${source.title}`,
      ours: megabytesPerSecond(median(values.through)),
      peer: `${megabytesPerSecond(median(values.straight))} (without it)`,
      ratio,
      target: { bound: 'atLeast', limit: TARGET, value: ratio },
    })
  }
  return rows
}
