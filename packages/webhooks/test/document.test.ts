/** The receivers in `docs/webhooks.md` take what we sign, and nothing else. */
import { expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { Webhook } from 'standardwebhooks'
import { languages, receive } from './document.ts'
import { event, forged, genuine } from './messages.ts'

test.each([
  ['JavaScript', languages.javascript, process.execPath],
  ['Python', languages.python, readRuntime().python],
])('the receiver in %s takes what we sign, and refuses what is forged or stale', async (_name, language, program) => {
  const taken = await receive(language, program, Object.values(genuine))
  expect(taken).toEqual(Object.values(genuine).map(() => event))
  const refused = await receive(language, program, Object.values(forged))
  expect(Object.keys(forged).filter((_, at) => refused[at] !== null)).toEqual([])
})

test.each(Object.entries(genuine))('the published library for JavaScript takes %s', (_name, message) => {
  expect(new Webhook(message.secret).verify(message.body, message.headers)).toEqual(event)
})

test.each(Object.entries(forged))('the published library for JavaScript refuses %s', (_name, message) => {
  expect(() => new Webhook(message.secret).verify(message.body, message.headers)).toThrow()
})
