/** Messages as the worker signs them, and what somebody might make of them. */
import { randomBytes } from 'node:crypto'
import { parseSecretKeys } from '@video-scraper/boot'
import { firstSecret, nextSecret, secretsInUse, signedHeaders, webhookSecret } from '@video-scraper/webhooks'
import type { Message } from './document.ts'

const keys = parseSecretKeys(`k1:${randomBytes(32).toString('base64')}`, 'the test')
const ID = 'wh_0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const text = JSON.stringify({ type: 'job_complete', sequence: 1, data: { title: 'Grüße, 世界 🎬 "quoted" \\ /' } })

const now = () => Math.floor(Date.now() / 1000)
const first = firstSecret(keys)
const second = nextSecret(keys, first, Date.now() + 3_600_000)
const [old, young, other] = [first, second, { keyId: 'k1', version: 9 }].map(
  (version) => webhookSecret(keys, ID, version) ?? '',
) as [string, string, string]

function message(secrets: string[], { age = 0, id = 'msg_1' } = {}): Message {
  const headers = signedHeaders({ id, timestamp: now() - age, text }, secrets)
  return { secret: secrets[0] ?? '', headers, body: text }
}

const ours = message([old])
const both = message(secretsInUse(keys, ID, second, Date.now()))
const without = (name: string): Message => ({
  ...ours,
  headers: Object.fromEntries(Object.entries(ours.headers).filter(([each]) => each !== name)),
})
const withHeader = (name: string, value: string): Message => ({ ...ours, headers: { ...ours.headers, [name]: value } })
const signature = ours.headers['webhook-signature'] ?? ''

export const event = JSON.parse(text)

/** Each is taken. */
export const genuine: Record<string, Message> = {
  'one of ours': ours,
  'after a rotation, with the new secret': { ...both, secret: young },
  'after a rotation, with the old secret': { ...both, secret: old },
  'four minutes old': message([old], { age: 240 }),
}

/** Each is refused. */
export const forged: Record<string, Message> = {
  'another body': { ...ours, body: text.replace('job_complete', 'job_failed') },
  'one byte more': { ...ours, body: `${text} ` },
  'another secret': { ...ours, secret: other },
  'another id': withHeader('webhook-id', 'msg_2'),
  'another time': withHeader('webhook-timestamp', String(now() - 1)),
  'ten minutes old': message([old], { age: 600 }),
  'of the future': message([old], { age: -600 }),
  'a time that is none': withHeader('webhook-timestamp', 'now'),
  'no time': without('webhook-timestamp'),
  'no signature': without('webhook-signature'),
  'no id': without('webhook-id'),
  'an empty signature': withHeader('webhook-signature', 'v1,'),
  'another version of signature': withHeader('webhook-signature', signature.replace('v1,', 'v2,')),
  'half a signature': withHeader('webhook-signature', signature.slice(0, 20)),
}
