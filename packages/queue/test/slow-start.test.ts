/** A gateway that starts while Redis does not answer is not lost: its queues work as soon as Redis does. */
import { expect, test } from '@jest/globals'
import { createJobQueue } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { jobRequest, useQueue } from './queue-rig.ts'

const rig = useQueue()

test('what Redis did not answer while the queues were opened is not held against it later', async () => {
  const redis = await rig.connect('gateway')
  rig.server.freeze()
  const limits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 }
  const gateway = createJobQueue(redis, { limits, onError: () => undefined })
  try {
    // Longer than the gateway waits for an answer, so everything asked until now has come to nothing.
    await expect(redis.ping()).rejects.toThrow('Command timed out')
    rig.server.thaw()
    await eventually(async () => (await redis.ping()) === 'PONG')
    for (const kind of ['info', 'download'] as const) {
      await eventually(async () => (await gateway.submit(jobRequest(kind))).accepted)
    }
  } finally {
    rig.server.thaw()
    await gateway.close()
  }
})
