/** Bytes per second of a file of a gigabyte through the gateway, for 1 and for 16 clients, against nginx with sendfile. */
import { join } from 'node:path'
import { startNginx } from '@video-scraper/testkit'
import { gatewayWithFile } from '../gateway-with-file.mjs'
import { runReader } from '../launch.mjs'
import { processorSecondsOf } from '../processes.mjs'
import { megabytesPerSecond } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'

const BYTES = 1_000_000_000
const ROUNDS = 5
const crowds = [
  { clients: 1, target: 0.5 },
  { clients: 16, target: 0.4 },
]

export async function delivery({ lab, rounds = ROUNDS, say }) {
  const { gateway, url, path } = await gatewayWithFile(lab, BYTES)
  const nginx = await startNginx(`location /files/ { alias ${join(path, '..')}/; }`)
  lab.keep({ end: () => nginx.stop() })
  const peer = { pid: nginx.pid, url: url.replace(/^.*\//, `${nginx.origin}/files/`) }
  const costs = {}
  const rows = []
  for (const { clients, target } of crowds) {
    const side =
      (name, { pid, url: address }) =>
      async () => {
        const before = await processorSecondsOf(pid)
        const ms = await runReader(address, clients)
        const used = ((await processorSecondsOf(pid)) - before) / clients
        costs[name] = [...(costs[name] ?? []), used]
        return ((BYTES * clients) / ms) * 1000
      }
    const sides = { ours: side('gateway', { pid: gateway.pid, url }), nginx: side('nginx', peer) }
    const title = `1 GB, ${clients} at once`
    const values = await takeTurns(sides, { rounds, title, unit: megabytesPerSecond, say })
    const ratio = medianRatio(values.ours, values.nginx)
    rows.push({
      measure: `a file of 1 GB, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
      ours: megabytesPerSecond(median(values.ours)),
      peer: `${megabytesPerSecond(median(values.nginx))} (nginx)`,
      ratio,
      target: { bound: 'atLeast', limit: target, value: ratio },
    })
  }
  const seconds = Object.entries(costs).map(([name, values]) => `${name} ${median(values).toFixed(2)} s`)
  say(`processor time for each gigabyte sent: ${seconds.join(', ')}`)
  return rows
}
