/** Cancel against commit, a thousand times, over two gateways and two worker processes. */
import { expect, test } from '@jest/globals'
import { useQueue } from './queue-rig.ts'
import { race, verdictsOf } from './race.ts'
import { useWorkerProcesses } from './worker-process.ts'

const rig = useQueue()
const workerProcess = useWorkerProcesses()

test('a thousand races: every answer is the truth for ever, in every process', async () => {
  const gateways = [await rig.gateway(), await rig.gateway()]
  const script = { url: rig.server.url, kind: 'download', prepare: 'mixed', publish: 'random', concurrency: 3 } as const
  const workers = [await workerProcess(script), await workerProcess(script)]
  const contestants = await race(gateways, 'download', 1000)
  const queue = rig.bull('download')
  const drained = async () => (await queue.getCompletedCount()) + (await queue.getFailedCount()) === contestants.length
  const [gateway = await rig.gateway()] = gateways
  const answers = await verdictsOf(gateway, contestants, drained)
  const said = workers.flatMap((worker) => worker.said())
  for (const { id, answer } of contestants) {
    if (answer === 'cancelled') expect(said).not.toContain(`publish ${id}`)
    expect(said).toContain(`discard ${id}`)
  }
  for (const answer of ['cancelled', 'committed', 'finished'] as const) expect(answers[answer]).toBeGreaterThan(0)
  expect(workers.every((worker) => worker.said().some((line) => line.startsWith('publish')))).toBe(true)
}, 120_000)
