/**
 * Safe idempotency: what a client sends twice with the same Idempotency-Key is done once (draft-ietf-httpapi-idempotency-key-
 * header-07). Refused requests have made nothing and are not remembered.
 */
import { createHash } from 'node:crypto'
import { canonicalOptions, type JobKind, optionsOfKind } from '@video-scraper/contracts'
import type { Idempotency, RepeatHold } from '@video-scraper/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import { RequestError } from '../http/errors.ts'

const HEADER = 'idempotency-key'
const RETRY_AFTER_SECONDS = '1'

/** Visible ASCII but the quote and the comma; a header that was sent twice comes as a list and is none. */
const BARE = /^[\x21\x23-\x2b\x2d-\x7e]{1,255}$/
/** A string of RFC 8941, as the draft asks for. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/

/** The key, with or without quotes; null when none was sent. Throws for what cannot be one. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const text = headers[HEADER]
  if (text === undefined) return null
  if (typeof text === 'string' && BARE.test(text)) return text
  const [, quoted] = QUOTED.exec(String(text)) ?? []
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1')
  throw new RequestError('invalid_request', {
    message: 'The Idempotency-Key is not valid: 1 to 255 visible ASCII characters without commas, or a quoted string.',
    details: [{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }],
  })
}

/** What is needed to make jobs no more than once. */
export interface OneTime {
  /** Null without a key. */
  seed: string | null
  /** Whether this is the first time, which counts against the limits. */
  fresh: boolean
}

interface OnceOptions<Answer> {
  idempotency: Idempotency
  request: FastifyRequest
  reply: FastifyReply
  /** What is asked for besides the body. */
  operation: JobKind
  make: (once: OneTime) => Promise<Answer>
  /** Whether all of the answer stands. Otherwise a repeat tries what is missing. */
  isWhole: (answer: Answer) => boolean
}

/** Makes the answer, or finds the one that was given before. `Answer` must survive JSON. */
export async function onlyOnce<Answer>({ idempotency, request, reply, operation, make, isWhole }: OnceOptions<Answer>) {
  const key = idempotencyKeyOf(request)
  if (key === null) return make({ seed: null, fresh: true })
  const fingerprint = fingerprintOf(operation, request.body)
  const claim = await idempotency.claim({ owner: clientOf(request).owner, key, fingerprint })
  if (claim.state === 'reused') throw new RequestError('idempotency_key_reused')
  if (claim.state === 'busy') {
    throw new RequestError('request_in_progress', { headers: { 'retry-after': RETRY_AFTER_SECONDS } })
  }
  if (claim.state === 'answered') {
    reply.header('idempotency-replayed', 'true')
    return JSON.parse(claim.answer) as Answer
  }
  const { hold } = claim
  const answer = await make(hold).catch(async (error: unknown) => {
    await withdraw(hold, error)
    throw error
  })
  if (isWhole(answer)) await hold.settle(JSON.stringify(answer))
  else await hold.release()
  return answer
}

/** A refusal of ours has made nothing. After anything else, such as a Redis that did not answer in time, nobody knows. */
async function withdraw(hold: RepeatHold, error: unknown): Promise<void> {
  const leave = error instanceof RequestError && error.code !== 'service_unavailable' ? hold.forget : hold.release
  // When Redis is away the lease ends by itself.
  await leave().catch(() => undefined)
}

/**
 * Equal for bodies that say the same, in whatever order and spacing, and with their options in whatever form. Beside the
 * options they are flat but for the list of addresses and the metadata.
 */
function fingerprintOf(operation: JobKind, body: unknown): string {
  const given = body as Record<string, unknown>
  const { metadata, ...plain } = given
  const own = Object.entries(metadata ?? {}).sort(byName)
  const others = Object.entries(plain).filter(([name]) => !Object.hasOwn(optionsOfKind[operation], name))
  const asked = Object.entries(canonicalOptions(operation, given))
  const fields = [...others, ...asked, ...(own.length > 0 ? [['metadata', own] as [string, unknown]] : [])].sort(byName)
  return createHash('sha256')
    .update(JSON.stringify([operation, fields]))
    .digest('hex')
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
