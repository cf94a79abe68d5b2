/** One request to the operator's provider of PO tokens, and its answer. It always settles: with the whole text, or with an error. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { TokenProviderFailed } from './token-provider-failed.ts'

/** An answer has some hundred bytes. */
const ANSWER_BYTES_MAX = 64 * 1024
/** As for sources; Node itself reads them without end. */
const INTERIM_ANSWERS_MAX = 20

interface Asked {
  readonly path: '/ping' | '/get_pot'
  /** Not given: a GET. */
  readonly body?: string
  readonly signal: AbortSignal
}

/**
 * No redirect is followed, and no connection is kept. Rejects with `TokenProviderFailed` for an answer that is none, with the reason of
 * `signal`, and with Node's error where the connection fails.
 */
export function exchange(url: URL, { path, body, signal }: Asked): Promise<string> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    let hasAnswer = false
    const request: ClientRequest = send(
      new URL(path, url),
      { method: body === undefined ? 'GET' : 'POST', headers, agent: false, signal },
      (response) => {
        hasAnswer = true
        textOf(response)
          .then(resolve, reject)
          .finally(() => request.destroy())
      },
    )
    const refuse = (): void => {
      reject(new TokenProviderFailed('bad_response'))
      request.destroy()
    }
    let interimAnswers = 0
    request.on('information', () => {
      interimAnswers += 1
      if (interimAnswers > INTERIM_ANSWERS_MAX) refuse()
    })
    // Nobody asked for another protocol. Node emits neither `response` nor `error` then.
    request.once('upgrade', (_response: IncomingMessage, socket: Duplex) => {
      socket.destroy()
      refuse()
    })
    request.once('error', reject)
    // The last that Node emits, whatever came before. A response that has begun says by itself how it ends.
    request.once('close', () => {
      if (!hasAnswer) refuse()
    })
    request.end(body)
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) throw new TokenProviderFailed('bad_response')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > ANSWER_BYTES_MAX) throw new TokenProviderFailed('bad_response')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
