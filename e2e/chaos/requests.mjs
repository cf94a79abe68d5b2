/** Asks whichever gateway answers, again and again until one does: a client that does not give up. */
import { setTimeout as delay } from 'node:timers/promises'

const BASE = '/api/video-scraper'
const GIVE_UP_MS = 120_000
const ANSWER_WITHIN_MS = 30_000

/** Later is another answer: the service is away or busy, or a gateway that died was answering the same request. */
const isTemporary = ({ status, body }) => status === 429 || status >= 502 || body?.code === 'request_in_progress'

/** `oddities` gets what no gateway may ever answer. */
export function createRequests({ scene, random, oddities }) {
  const origin = () => random.pick(scene.gateways.running).origin
  const headersOf = (owner) => (owner === null ? {} : { authorization: `Bearer ${owner}` })

  /** Resolves to `{ status, body, headers }`. `read` takes the response; by default as JSON. */
  async function ask(method, path, { owner = null, body, headers = {}, read = readJson } = {}) {
    const deadline = Date.now() + GIVE_UP_MS
    for (;;) {
      const answer = await once({ method, path, owner, body, headers, read })
      if (answer?.status === 500) oddities.push(`${method} ${path} was answered 500: ${JSON.stringify(answer.body)}`)
      if (answer !== null && !isTemporary(answer)) return answer
      if (Date.now() > deadline) throw new Error(`${method} ${path} was not answered for ${GIVE_UP_MS / 1000} s.`)
      await delay(random.between(100, 500))
    }
  }

  async function once({ method, path, owner, body, headers, read }) {
    try {
      const response = await fetch(`${origin()}${BASE}${path}`, {
        method,
        headers: { ...headersOf(owner), ...(body && { 'content-type': 'application/json' }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      return { status: response.status, headers: response.headers, body: await read(response) }
    } catch {
      // Cut off, refused or too slow: which of it does not matter, the request is repeated.
      return null
    }
  }

  return { ask, origin, headersOf }
}

async function readJson(response) {
  const text = await response.text()
  return text === '' ? null : JSON.parse(text)
}
