/** Swagger UI in a real browser: what it fills in, and that each operation does something sensible at the first click. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { kinds } from '@video-scraper/contracts'
import {
  eventually,
  type Gateway,
  type Stack,
  startStack,
  startVideoSite,
  type VideoSite,
} from '@video-scraper/testkit'
import type { Browser, Locator, Page } from 'playwright-core'
import { startBrowser } from './browser.ts'

const API = '/api/video-scraper'
const WITHIN_MS = 420_000

let site: VideoSite
let stack: Stack
let gateway: Gateway
let browser: Browser
let page: Page
let document: { paths: Record<string, Record<string, { operationId: string; tags: string[] }>> }
/** What the browser complained about: scripts, styles and requests that the policy of the page refused among it. */
const complaints: string[] = []

beforeAll(async () => {
  site = await startVideoSite()
  stack = await startStack({ settings: { EGRESS_ALLOW: `${site.host}:${site.port}`, RATE_LIMIT_PER_MINUTE: '0' } })
  ;[gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  document = (await (await fetch(`${gateway.origin}/openapi.json`)).json()) as typeof document
  browser = await startBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.goto(`${gateway.origin}/docs`)
  await page.waitForSelector('.opblock')
}, WITHIN_MS)

afterAll(async () => {
  await browser?.close()
  await stack?.stop()
  await site?.stop()
})

const operations = () =>
  Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId, tags: [tag = ''] }) => ({ operationId, tag })),
  )

const blockOf = ({ operationId, tag }: { operationId: string; tag: string }) =>
  page.locator(`#operations-${tag}-${operationId}`)

/** A click without waiting until a long page has stopped to move. */
const press = (control: Locator) => control.evaluate((element) => (element as unknown as { click(): void }).click())

/** Opens the operation, which is ready to be tried at once. */
async function opened(operation: { operationId: string; tag: string }) {
  const block = blockOf(operation)
  if ((await block.locator('.opblock-body').count()) === 0) await press(block.locator('.opblock-summary-control'))
  await block.locator('button.execute').waitFor()
  return block
}

test(
  'the page has a title, a version, a filter and a link to all error codes, and loads without complaint',
  async () => {
    expect(await page.title()).toBe('Video Scraper')
    expect(await page.locator('.info .title').textContent()).toMatch(/^Video Scraper\s*1\.0\.0/)
    const filter = page.locator('input.operation-filter-input')
    await filter.fill('webhooks')
    await eventually(async () => expect(await page.locator('.opblock-tag-section').count()).toBeLessThan(4))
    await filter.fill('')
    await eventually(async () => expect(await page.locator('.opblock-tag-section').count()).toBeGreaterThan(4))
    const link = page.locator('.info a', { hasText: 'All error codes' })
    const address = new URL((await link.getAttribute('href')) ?? '', page.url()).href
    expect(address).toBe(`${gateway.origin}${API}/docs/errors`)
    const errors = await browser.newPage()
    await errors.goto(`${address}#queue_full`)
    expect(await errors.locator('tr:target').textContent()).toContain('queue_full')
    await errors.close()
    expect(complaints).toEqual([])
  },
  WITHIN_MS,
)

/** Nothing is filled in that was not asked for: no key, no preference, nobody's callback. */
async function expectEmptyFields(operationId: string, block: Locator): Promise<void> {
  const filled = await block
    .locator('tr[data-param-in="header"] input, tr[data-param-in="path"] input')
    .evaluateAll((fields) => fields.map((field) => (field as unknown as { value: string }).value))
  expect([operationId, filled.filter((value) => value !== '')]).toEqual([operationId, []])
  const bodies = await block
    .locator('textarea.body-param__text')
    .evaluateAll((areas) => areas.map((area) => (area as unknown as { value: string }).value))
  for (const text of bodies) {
    const body = JSON.parse(text)
    if ('callback_url' in body) expect(new URL(body.callback_url).hostname).toMatch(/\.example$/)
    expect([operationId, 'fresh' in body, 'format_id' in body]).toEqual([operationId, false, false])
  }
}

async function post(path: string, body: unknown = {}): Promise<Record<string, string>> {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return (await fetch(`${gateway.origin}${API}${path}`, options)).json() as Promise<Record<string, string>>
}

async function completed(path: string): Promise<Record<string, string>> {
  return eventually(
    async () => {
      const job = (await (await fetch(`${gateway.origin}${API}${path}`)).json()) as Record<string, string>
      expect(job.status).toBe('completed')
      return job
    },
    { timeoutMs: 60_000, everyMs: 200 },
  )
}

/** Everything there is to name in a path: jobs of each kind that have ended, one to cancel, one to retry, two files, webhooks. */
async function things() {
  const url = site.url('/video.mp4')
  const { job_id = '' } = await post('/info', { url })
  const { download_id = '' } = await post('/download', { url })
  await completed(`/job/${job_id}`)
  const { filename = '' } = await completed(`/status/${download_id}`)
  const transcript = (await post('/transcript', { url: site.url('/spoken') })).job_id ?? ''
  const playlist = (await post('/playlist', { url: site.url('/lists/long.xml'), items: '1' })).job_id ?? ''
  for (const id of [transcript, playlist]) await completed(`/job/${id}`)
  const running = (await post('/download', { url: site.url('/slow.mp4?rate=5000') })).download_id ?? ''
  const cancelled = (await post('/info', { url: site.url('/slow.mp4?rate=5000') })).job_id ?? ''
  await post(`/job/${cancelled}/cancel`)
  const register = { callback_url: 'https://receiver.example/webhook', events: ['job_complete'] }
  const { webhook_id = '' } = await post('/webhooks/register', register)
  const { delivery_id = '' } = await post(`/webhooks/${webhook_id}/test`)
  const link = await post(`/job/${job_id}/events/link`)
  const token = new URL(link.url ?? '', gateway.origin).searchParams.get('token') ?? ''
  return { job_id, download_id, transcript, playlist, filename, running, cancelled, webhook_id, delivery_id, token }
}

/** What a person has to type in: what cannot be known beforehand, each `name` with its value. */
const typed = (at: Awaited<ReturnType<typeof things>>): Record<string, Record<string, string>> => ({
  getInfoJob: { job_id: at.job_id },
  streamInfoJob: { job_id: at.job_id },
  fetchTranscript: { job_id: at.transcript },
  listEntries: { job_id: at.playlist },
  getDownload: { download_id: at.download_id },
  streamDownload: { download_id: at.download_id },
  fetchFile: { filename: at.filename },
  createFileLink: { filename: at.filename },
  fetchArchive: { download_id: at.download_id },
  createArchiveLink: { download_id: at.download_id },
  deleteFile: { filename: at.filename },
  cancelJob: { job_id: at.running },
  retryJob: { job_id: at.cancelled },
  deleteJob: { job_id: at.job_id },
  createEventLink: { job_id: at.job_id },
  streamByLink: { job_id: at.job_id, token: at.token },
  getWebhook: { webhook_id: at.webhook_id },
  changeWebhook: { webhook_id: at.webhook_id },
  deleteWebhook: { webhook_id: at.webhook_id },
  testWebhook: { webhook_id: at.webhook_id },
  rotateWebhookSecret: { webhook_id: at.webhook_id },
  listDeliveries: { webhook_id: at.webhook_id },
  replayDeliveries: { webhook_id: at.webhook_id },
})

/** The record of a test delivery has no job to be drawn from; the first example of the change pauses the webhook. */
const otherAnswer: Record<string, number> = { replayDelivery: 404 }
/** The first click makes a job of each, the second one another: both are answered well. */
const STARTS_JOBS = Object.values(kinds).map(({ operation }): string => operation.id)
/** They end what the others need. */
const LAST = ['changeWebhook', 'deleteWebhook', 'deleteFile', 'deleteJob']

test(
  'optional fields come empty, every operation works at the first click, and POSTs that start jobs at the second one',
  async () => {
    const at = await things()
    const values = { ...typed(at), replayDelivery: { webhook_id: at.webhook_id, delivery_id: at.delivery_id } }
    const rank = ({ operationId }: { operationId: string }) => LAST.indexOf(operationId)
    for (const operation of operations().sort((one, other) => rank(one) - rank(other))) {
      const block = await opened(operation)
      await expectEmptyFields(operation.operationId, block)
      for (const [name, value] of Object.entries(values[operation.operationId as keyof typeof values] ?? {})) {
        await block.locator(`tr[data-param-name="${name}"] input`).fill(value)
      }
      const clicks = STARTS_JOBS.includes(operation.operationId) ? 2 : 1
      for (let click = 0; click < clicks; click += 1) {
        const answered = page.waitForResponse((response) => response.url().startsWith(gateway.origin))
        await block.locator('button.execute').click()
        const status = (await answered).status()
        const expected = otherAnswer[operation.operationId]
        const isGood = expected === undefined ? status >= 200 && status < 300 : status === expected
        expect([operation.operationId, status, isGood]).toEqual([operation.operationId, status, true])
        // The page shows the answer, so nothing kept the browser from reading it.
        const shown = block.locator('.live-responses-table tr.response .response-col_status').first()
        await eventually(async () => expect(await shown.textContent()).toContain(String(status)))
      }
      await press(block.locator('.opblock-summary-control'))
    }
  },
  WITHIN_MS,
)
