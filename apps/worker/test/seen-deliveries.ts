/** What a test sees of deliveries: what the receiver got, and what their log says. */
import type { DeliveryRecord } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import type { WebhookRig } from './webhook-rig.ts'

export function seenBy(rig: WebhookRig) {
  const received = (count: number) =>
    eventually(() => (rig.receiver.received().length >= count ? rig.receiver.received() : false), { timeoutMs: 30_000 })

  const logOf = async (webhookId: string) => (await rig.deliveries.list(webhookId, 100))?.records ?? []

  /** The newest delivery of a log, once it has come so far. */
  const delivery = (webhookId: string, status: string) =>
    eventually(
      async () => {
        const [newest] = await logOf(webhookId)
        if (newest?.status !== status) throw new Error(`The delivery is ${JSON.stringify(newest)}, not ${status}.`)
        return newest
      },
      { timeoutMs: 30_000 },
    )

  /** As the gateway does it. */
  async function replay(record: DeliveryRecord): Promise<void> {
    const { id: deliveryId, target } = record
    const round = Number((await rig.deliveries.beginRound(deliveryId, 0))?.round)
    await rig.outbox.deliver({ deliveryId, target, round, text: rig.receiver.received()[0]?.text ?? '' })
  }

  return { received, logOf, delivery, replay }
}
