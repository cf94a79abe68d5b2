/** Jobs that ended without a record in the outbox are found, however many there are. */
import { expect, test } from '@jest/globals'
import { createOutbox } from '@video-scraper/queue'
import { KEY_PREFIX, keys } from '@video-scraper/store'
import { queueKey } from '../src/queues.ts'
import { useQueue } from './queue-rig.ts'

const rig = useQueue()

test('a thousand jobs that ended and one more are all recorded, each once', async () => {
  const now = Date.now()
  const amount = 1001
  const writing = rig.redis.pipeline()
  writing.set(keys.webhooks('anonymous'), 'one')
  for (let at = 0; at < amount; at += 1) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
    const data = { version: 1, kind: 'info', owner: 'anonymous', limitSubject: 'x', url: 'https://example.com/' }
    writing.hset(queueKey('info', id), { data: JSON.stringify(data), finishedOn: now })
    writing.zadd(queueKey('info', 'completed'), now, id)
  }
  await writing.exec()

  const outbox = createOutbox(await rig.connect('worker'), () => undefined)
  rig.afterwards(() => outbox.close())
  expect(await outbox.addMissed(now)).toBe(amount)
  expect(await rig.redis.zcard(`${KEY_PREFIX}:announcement:delayed`)).toBe(amount)
})
