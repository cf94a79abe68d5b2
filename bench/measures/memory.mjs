/** Memory at rest: what the gateway and the worker hold half a minute after they were started. */
import { setTimeout as delay } from 'node:timers/promises'
import { memoryOf } from '../processes.mjs'
import { megabytes } from '../report.mjs'

/** Node gives back what start-up needed, a quarter of all, when it has had nothing to do for 16 s. */
const REST_MS = 30_000
const TARGET = 120

export async function memory({ lab, say }) {
  const { stack } = await lab.worksite()
  const processes = { gateway: await stack.startGateway(), worker: await stack.startWorker() }
  say(`memory: ${REST_MS / 1000} s of rest`)
  await delay(REST_MS)
  const rows = []
  for (const [name, { pid }] of Object.entries(processes)) {
    const { resident, proportional } = await memoryOf(pid)
    rows.push({
      measure: `memory of the ${name} at rest`,
      ours: `${megabytes(resident)} (${megabytes(proportional)} PSS)`,
      peer: '–',
      ratio: null,
      target: { bound: 'below', limit: TARGET, value: resident / 1e6, unit: ' MB' },
    })
  }
  return rows
}
