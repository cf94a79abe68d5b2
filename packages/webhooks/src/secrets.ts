/**
 * The secrets that sign webhooks. None is stored: each is derived from one of `SECRET_KEYS` and the id of what it signs
 * for, so that a copy of Redis forges nothing.
 */
import { createHmac } from 'node:crypto'
import { keyFor, type SecretKey, type SecretKeys } from '@video-scraper/boot'
import type { WebhookSecret } from '@video-scraper/store'

const USE = 'webhook secrets'

/** The form of Standard Webhooks 1.0: `whsec_` and the base64 of 24 to 64 bytes. */
const derived = (key: SecretKey, subject: string): string =>
  `whsec_${createHmac('sha256', keyFor(USE, key)).update(subject).digest('base64')}`

const subjectOf = (webhookId: string, version: number) => `registration ${webhookId} ${version}`

/** The secret of a registration in one version. Null: its key is no longer among `SECRET_KEYS`. */
export function webhookSecret(
  keys: SecretKeys,
  webhookId: string,
  { keyId, version }: Pick<WebhookSecret, 'keyId' | 'version'>,
): string | null {
  const key = keys.find(({ id }) => id === keyId)
  return key ? derived(key, subjectOf(webhookId, version)) : null
}

/** The secret of one job's callback. Null: its key is no longer among `SECRET_KEYS`. */
export function callbackSecret(keys: SecretKeys, keyId: string, jobId: string): string | null {
  const key = keys.find(({ id }) => id === keyId)
  return key ? derived(key, `callback ${jobId}`) : null
}

export const firstSecret = (keys: SecretKeys): WebhookSecret => ({ keyId: keys[0].id, version: 1, previous: null })

/** Replaces a secret; the old one signs beside the new one until `validUntil` (epoch milliseconds). */
export const nextSecret = (keys: SecretKeys, { keyId, version }: WebhookSecret, validUntil: number): WebhookSecret => ({
  keyId: keys[0].id,
  version: version + 1,
  previous: { keyId, version, validUntil },
})

/** Every secret that signs now, the newest first. Empty: the keys that they come from are gone. */
export function secretsInUse(keys: SecretKeys, webhookId: string, secret: WebhookSecret, now: number): string[] {
  const { previous } = secret
  const versions = previous !== null && previous.validUntil > now ? [secret, previous] : [secret]
  return versions.map((version) => webhookSecret(keys, webhookId, version)).filter((text) => text !== null)
}
