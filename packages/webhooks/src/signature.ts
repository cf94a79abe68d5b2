/** Signs a message as Standard Webhooks 1.0 says: HMAC-SHA-256 over `id.timestamp.body`. */
import { createHmac } from 'node:crypto'

interface Message {
  id: string
  /** Of this attempt, in seconds since the epoch. */
  timestamp: number
  /** The body, exactly as it is sent. */
  text: string
}

/** The three headers. Several secrets give several signatures, any of which a receiver may accept. */
export const signedHeaders = ({ id, timestamp, text }: Message, secrets: readonly string[]) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': secrets.map((secret) => `v1,${signature(secret, `${id}.${timestamp}.${text}`)}`).join(' '),
})

const signature = (secret: string, content: string): string =>
  createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(content)
    .digest('base64')
