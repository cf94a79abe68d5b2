/** What a job says beside its state: why an attempt failed, when the next is due, what to do, and what is missing. */
import { expect, test } from '@jest/globals'
import { FailureCode, type JobProgress, WarningCode } from '@video-scraper/contracts'
import { failureRules, JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const kinds = ['info', 'download'] as const
const paths = { info: 'job', download: 'status' } as const

async function started({ post }: Gateway, kind: (typeof kinds)[number]): Promise<string> {
  const reply = await post(`/api/video-scraper/${kind}`, { url: 'https://example.com/video' })
  expect(reply.statusCode).toBe(202)
  const body = reply.json()
  return body.job_id ?? body.download_id
}
const statusOf = async ({ get }: Gateway, kind: (typeof kinds)[number], id: string) =>
  (await get(`/api/video-scraper/${paths[kind]}/${id}`)).json()

const progress: JobProgress = {
  fraction: 0.5,
  phase: 'extracting',
  downloadedBytes: null,
  totalBytes: null,
  bytesPerSecond: null,
  etaSeconds: null,
  heartbeatAt: 1,
}
const WAIT_MS = 100_000

test.each(kinds)(
  '%s: between two attempts the last error is reported, and when the next attempt is due',
  async (kind) => {
    const gateway = await rig.standing()
    const before = Date.now()
    await startWorker(rig, { prepare: () => Promise.reject(new JobFailure('rate_limited', { retryAfterMs: WAIT_MS })) })
    const id = await started(gateway, kind)
    await eventually(async () => expect(await statusOf(gateway, kind, id)).toHaveProperty('last_error'))
    const status = await statusOf(gateway, kind, id)
    expect(status).toMatchObject({
      status: kind === 'info' ? 'processing' : 'in_progress',
      attempts: 1,
      last_error: { code: 'rate_limited', error: failureRules.rate_limited.message },
    })
    const due = Date.parse(status.next_attempt_at)
    expect(due).toBeGreaterThanOrEqual(before + WAIT_MS)
    expect(due).toBeLessThanOrEqual(Date.now() + WAIT_MS)
    expect(status).not.toHaveProperty('code')
  },
)

test.each(kinds)('%s: a job that never failed says nothing of errors or warnings', async (kind) => {
  const gateway = await rig.standing()
  const id = await started(gateway, kind)
  for (const name of ['last_error', 'next_attempt_at', 'next_step', 'warnings', 'code']) {
    expect(await statusOf(gateway, kind, id)).not.toHaveProperty(name)
  }
})

test.each(kinds)('%s: warnings are reported while it runs and when it has ended, in our own words', async (kind) => {
  const gateway = await rig.standing()
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const codes = ['formats_missing', 'of_another_time', 'more_videos'] as WarningCode[]
  await startWorker(rig, {
    prepare: async ({ report }) => {
      report({ ...progress, warnings: codes })
      await finished
    },
  })
  const id = await started(gateway, kind)
  const expected = [
    { code: 'formats_missing', message: expect.stringMatching(/^[A-Z].*\.$/) },
    { code: 'more_videos', message: expect.stringMatching(/^[A-Z].*\.$/) },
  ]
  await eventually(async () => expect((await statusOf(gateway, kind, id)).warnings).toEqual(expected))
  finish()
  await eventually(async () =>
    expect(await statusOf(gateway, kind, id)).toMatchObject({ status: 'completed', warnings: expected }),
  )
})

test('a failed job says what to do next, and what was missing', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async ({ report }) => {
      report({ ...progress, warnings: ['formats_missing'] })
      throw new JobFailure('format_unavailable')
    },
  })
  const id = await started(gateway, 'download')
  await eventually(async () =>
    expect(await statusOf(gateway, 'download', id)).toMatchObject({
      status: 'failed',
      code: 'format_unavailable',
      next_step: failureRules.format_unavailable.nextStep,
      warnings: [{ code: 'formats_missing' }],
    }),
  )
  expect(await statusOf(gateway, 'download', id)).not.toHaveProperty('last_error')
})

test('the document names every code of a failure and of a warning', async () => {
  const { get } = await rig.standing()
  const document = (await get('/openapi.json')).body
  for (const code of [...FailureCode.enum, ...WarningCode.enum]) expect(document).toContain(`"${code}"`)
})
