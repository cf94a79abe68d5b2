/** Verifies a webhook (Standard Webhooks 1.0) and gives its event. Works wherever Web Crypto does. */
import { WebhookVerificationError } from './errors.ts'
import type { KnownWebhookEvent } from './generated/schemas.ts'

/** An event of a newer service, or a `test`. */
export interface OtherWebhookEvent {
  readonly type: string & {}
  readonly timestamp: string
  readonly sequence: number
  readonly data: unknown
}

export type ReceivedWebhookEvent = (KnownWebhookEvent | OtherWebhookEvent) & {
  /** `webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice. */
  readonly id: string
}

export interface WebhookToVerify {
  /** `whsec_…`; several while a secret is being changed. */
  readonly secret: string | readonly string[]
  /** As they came: `Headers`, or Node's `request.headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** As it came: parsed and written anew it has another signature. */
  readonly body: string | Uint8Array
  /** How far the clocks may be apart. Default 300 seconds. */
  readonly toleranceSeconds?: number | undefined
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: number | undefined
}

/** Throws a `WebhookVerificationError` when the service did not send it, or not now. */
export async function verifyWebhook(webhook: WebhookToVerify): Promise<ReceivedWebhookEvent> {
  const id = headerOf(webhook.headers, 'webhook-id')
  const timestamp = headerOf(webhook.headers, 'webhook-timestamp')
  const now = (webhook.now ?? Date.now()) / 1000
  if (!/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > (webhook.toleranceSeconds ?? 300)) {
    throw new WebhookVerificationError('The webhook is too old or of the future. Is the clock right?', {
      code: 'timestamp_out_of_range',
    })
  }
  const body = typeof webhook.body === 'string' ? new TextEncoder().encode(webhook.body) : webhook.body
  const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), body)
  const signatures = headerOf(webhook.headers, 'webhook-signature').split(' ').slice(0, 20)
  for (const secret of [webhook.secret].flat()) {
    if (await isSignedWith(secret, signed, signatures)) return eventOf(id, body)
  }
  throw new WebhookVerificationError('The signature is not valid. Is it the secret of this webhook?', {
    code: 'signature_invalid',
  })
}

/** `crypto.subtle.verify` compares in constant time. */
async function isSignedWith(secret: string, signed: Uint8Array, signatures: readonly string[]): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = decoded(secret.replace(/^whsec_/, ''))
  if (bytes === null || bytes.length === 0) {
    throw new WebhookVerificationError('The secret is not valid: whsec_ and base64.', { code: 'secret_invalid' })
  }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify'])
  for (const each of signatures) {
    const given = each.startsWith('v1,') ? decoded(each.slice(3)) : null
    if (given && (await crypto.subtle.verify('HMAC', key, given, signed as Uint8Array<ArrayBuffer>))) return true
  }
  return false
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}

function joined(head: Uint8Array, body: Uint8Array): Uint8Array {
  const all = new Uint8Array(head.length + body.length)
  all.set(head)
  all.set(body, head.length)
  return all
}

function headerOf(headers: WebhookToVerify['headers'], name: string): string {
  if (typeof headers.get === 'function') return (headers as Headers).get(name) ?? ''
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? []
  return typeof value === 'string' ? value : ''
}

function eventOf(id: string, body: Uint8Array): ReceivedWebhookEvent {
  try {
    return { ...(JSON.parse(new TextDecoder().decode(body)) as ReceivedWebhookEvent), id }
  } catch (cause) {
    throw new WebhookVerificationError('The body is no JSON.', { code: 'body_invalid', cause })
  }
}
