/** As `document.test.ts`, with what only `npm run test:full` provides: PHP, and the published library for Python. */
import { expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { languages, receive, run } from './document.ts'
import { event, forged, genuine } from './messages.ts'

const provided = (name: 'PHP' | 'STANDARD_WEBHOOKS'): string => {
  const path = process.env[name]
  if (!path) throw new Error(`${name} is not set: npm run test:full provides it.`)
  return path
}

test('the receiver in PHP takes what we sign, and refuses what is forged or stale', async () => {
  const php = provided('PHP')
  expect(await receive(languages.php, php, Object.values(genuine))).toEqual(Object.values(genuine).map(() => event))
  const refused = await receive(languages.php, php, Object.values(forged))
  expect(Object.keys(forged).filter((_, at) => refused[at] !== null)).toEqual([])
})

const PROGRAM = `
import json, sys
from standardwebhooks import Webhook, WebhookVerificationError

def received(message):
    try:
        return Webhook(message["secret"]).verify(message["body"], message["headers"])
    # Base64 that is none it refuses with an error of another kind.
    except (WebhookVerificationError, ValueError):
        return None

print(json.dumps([received(each) for each in json.load(sys.stdin)]))
`

test('the published library for Python takes what we sign, and refuses what is forged or stale', async () => {
  const messages = [...Object.values(genuine), ...Object.values(forged)]
  const env = { PYTHONPATH: provided('STANDARD_WEBHOOKS') }
  const answers = JSON.parse(await run(readRuntime().python, ['-c', PROGRAM], '/', JSON.stringify(messages), env))
  expect(answers.map((each: unknown) => each !== null)).toEqual([
    ...Object.values(genuine).map(() => true),
    ...Object.values(forged).map(() => false),
  ])
})
