/** What the record of a running job says of its progress: never less than before. */
import { expect, test } from '@jest/globals'
import type { JobProgress } from '@video-scraper/contracts'
import { createProgressReport } from '../src/execution/progress-report.ts'
import { progress } from './scripted-task.ts'

const delivered = { at: 1, sha256: 'a'.repeat(64) }

function recording(earlier?: JobProgress['delivered']) {
  const written: JobProgress[] = []
  const write = async (latest: JobProgress) => void written.push(latest)
  return { written, report: createProgressReport({ floor: 0.5, delivered: earlier, write }) }
}

test('the fraction never falls, and what was delivered stays when nobody mentions it', async () => {
  const { written, report } = recording(delivered)
  await report.now(progress(0.1))
  await report.now({ ...progress(0.9), delivered: { ...delivered, at: 2 } })
  report.report(progress(0.2))
  await report.close()
  expect(written).toMatchObject([
    { fraction: 0.5, delivered },
    { fraction: 0.9, delivered: { at: 2 } },
    { fraction: 0.9, delivered: { at: 2 } },
  ])
  const fresh = recording()
  await fresh.report.now(progress(0.6))
  expect(fresh.written[0]).not.toHaveProperty('delivered')
})

test('who must know whether it was written learns that it was not; nobody else does', async () => {
  let fails = true
  const written: number[] = []
  const report = createProgressReport({
    floor: 0,
    delivered: undefined,
    write: async ({ fraction }) => {
      if (fails) throw new Error('OOM')
      written.push(fraction)
    },
  })
  await expect(report.now(progress(0.1))).rejects.toThrow('OOM')
  report.report(progress(0.2))
  await new Promise((resolve) => setTimeout(resolve, 700))
  fails = false
  await report.now(progress(0.3))
  expect(written).toEqual([0.3])
  fails = true
  report.report(progress(0.4))
  await report.close()
})
