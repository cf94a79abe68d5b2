/** A stack with somebody who wants to be notified of everything, and what they should and did hear. */
import { expect } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { eventually, startWebhookReceiver, type WebhookReceiver } from '@video-scraper/testkit'
import { Webhook } from 'standardwebhooks'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

const HOOKS = '/api/video-scraper/webhooks'
const EVENTS = [
  'job_complete',
  'job_failed',
  'job_cancelled',
  'download_complete',
  'download_failed',
  'download_cancelled',
]
/** A loaded machine, two locks of dead workers, and a round of maintenance. */
const LONG_MS = 240_000

export interface WebhookScene extends Surroundings {
  readonly receiver: WebhookReceiver
  readonly webhookId: string
  /** A connection of the test's own. */
  readonly redis: ReturnType<typeof connectRedis>
  /** Every `event id` that the receiver was notified of, each once and in order, after its signature was verified. */
  reported(): string[]
  /** What each of these jobs should be reported as, from the state that its GET shows. */
  expected(ids: string[]): Promise<string[]>
  /** Waits for the ends of the jobs and of all deliveries. */
  allReported(ids: string[]): Promise<void>
}

export async function setTheWebhookScene(): Promise<WebhookScene> {
  const receiver = await startWebhookReceiver()
  const settings = { ...WITHOUT_MEMORY, WEBHOOK_RETRY_WAITS: '1,1,1,2,2,2,4,4,4,8,8,8' }
  const scene = await setTheScene(settings, [receiver.target]).catch(async (error: unknown) => {
    await receiver.stop()
    throw error
  })
  const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
  const { client } = scene
  const { body: webhook } = await client.post(`${HOOKS}/register`, { callback_url: receiver.url, events: EVENTS })
  const webhookId = String(webhook.webhook_id)
  const verifier = new Webhook(String(webhook.secret))

  const reported = () => {
    const events = receiver.received().map(({ text, headers }) => {
      const { type, data } = verifier.verify(text, headers as Record<string, string>) as {
        type: string
        data: Record<string, string>
      }
      return `${type} ${data.download_id ?? data.job_id}`
    })
    return [...new Set(events)].toSorted()
  }
  const word = { completed: 'complete', failed: 'failed', cancelled: 'cancelled' } as Record<string, string>
  const eventOf = async (id: string) => {
    const { status } = await client.ended(id, LONG_MS)
    return `${id.startsWith('download_') ? 'download' : 'job'}_${word[String(status)]} ${id}`
  }
  const expected = async (ids: string[]) => (await Promise.all(ids.map(eventOf))).toSorted()

  return {
    ...scene,
    receiver,
    webhookId,
    redis,
    reported,
    expected,
    async allReported(ids) {
      const all = await expected(ids)
      await eventually(() => expect(reported()).toEqual(all), { timeoutMs: LONG_MS, everyMs: 200 })
      await eventually(
        async () => {
          const { body } = await client.get(`${HOOKS}/${webhookId}/deliveries?limit=200`)
          const deliveries = body.deliveries as { status: string; event: string; subject_id: string }[]
          expect(deliveries.map(({ event, subject_id }) => `${event} ${subject_id}`).toSorted()).toEqual(all)
          expect(deliveries.filter(({ status }) => status !== 'delivered')).toEqual([])
        },
        { timeoutMs: LONG_MS, everyMs: 200 },
      )
      // What came meanwhile was wrong, or for the second time.
      expect(reported()).toEqual(all)
    },
    async stop() {
      redis.disconnect()
      await scene.stop()
      await receiver.stop()
    },
  }
}
