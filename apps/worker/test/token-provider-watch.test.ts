/** What the status says of the provider of PO tokens: the truth of the last ping. */
import { expect, test } from '@jest/globals'
import { createTokenProvider } from '@video-scraper/egress'
import { eventually, startTokenProvider } from '@video-scraper/testkit'
import { watchTokenProvider } from '../src/token-provider-watch.ts'

test('it follows the provider, and the log says each change once', async () => {
  const standIn = await startTokenProvider()
  const lines: string[] = []
  const say = (_fields: object, message: string) => void lines.push(message)
  const provider = createTokenProvider({ url: new URL(standIn.url), withinMs: 1_000 })
  const watch = watchTokenProvider({ provider, logger: { info: say, warn: say }, everyMs: 20 })
  try {
    expect(watch.state()).toBe('unreachable')
    await eventually(async () => watch.state() === 'reachable')
    standIn.behave('never answers')
    await eventually(async () => watch.state() === 'unreachable')
    standIn.behave('error')
    standIn.behave('gives tokens')
    await eventually(async () => watch.state() === 'reachable')
    expect(lines).toEqual([
      'the provider of PO tokens is there',
      expect.stringContaining('does not answer'),
      'the provider of PO tokens is there',
    ])
  } finally {
    watch.stop()
    await standIn.stop()
  }
  const asked = standIn.asked.length
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(standIn.asked).toHaveLength(asked)
})
