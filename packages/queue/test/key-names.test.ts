/** BullMQ makes keys of the names of queues: none of ours may be mistaken for one of them. */
import { expect, test } from '@jest/globals'
import { jobKinds } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import { outboxQueues } from '../src/outbox/outbox.ts'

test('no key of our own begins like a key of a queue', () => {
  const queues = [...jobKinds, ...Object.values(outboxQueues)].map((name) => `{video-scraper}:${name}`)
  const own = Object.values(keys).map((each) => (typeof each === 'string' ? each : each('x', 'x')))
  expect(own.length).toBeGreaterThan(20)
  expect(own.filter((key) => queues.some((queue) => key === queue || key.startsWith(`${queue}:`)))).toEqual([])
})
