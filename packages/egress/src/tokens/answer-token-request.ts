/** Answers a job that asks for a PO token. The provider hears a closed question, and the job hears a token or a refusal. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AdmittedJob } from '../admission.ts'
import { type Refusal, refuseRequest } from '../refusals.ts'
import type { TokenRequest } from './token-address.ts'
import { type TokenProvider, TokenProviderFailed } from './token-provider.ts'
import { tokenQuestionOf } from './token-question.ts'

interface TokenAnswer {
  readonly job: AdmittedJob
  readonly asked: TokenRequest
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly provider: TokenProvider
  /** Hears why the provider fails, in a word without secrets. */
  readonly onFailure: (reason: string) => void
}

/** A question has about a kilobyte. */
const QUESTION_BYTES_MAX = 16 * 1024
/** Of one job, for its whole life. An honest one asks once or twice. */
const QUESTIONS_MAX = 16

/** Never rejects. */
export async function answerTokenRequest(answer: TokenAnswer): Promise<void> {
  const { response, onFailure } = answer
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    const reply = await replyTo(answer, gone.signal)
    if (response.destroyed) return
    if (typeof reply === 'string') refuseRequest(response, reply)
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply))
  } catch (error) {
    if (response.destroyed) return
    const reason = error instanceof TokenProviderFailed ? error.reason : 'internal'
    onFailure(reason)
    refuseRequest(response, reason)
  }
}

async function replyTo({ job, asked, request, provider }: TokenAnswer, signal: AbortSignal): Promise<object | Refusal> {
  job.tokenQuestions += 1
  if (job.tokenQuestions > QUESTIONS_MAX) return 'too_many'
  if (request.headers['transfer-encoding']) return 'length_required'
  if (asked === 'ping') {
    await provider.ping(signal)
    return {}
  }
  const text = await questionIn(request, provider.withinMs)
  const question = text === null ? null : tokenQuestionOf(text)
  return question === null ? 'bad_request' : { poToken: await provider.token(question, job.upstream, signal) }
}

/** Null where it is too long. Rejects where it does not come in time: its connection is gone then. */
async function questionIn(request: IncomingMessage, withinMs: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > QUESTION_BYTES_MAX) return null
  const late = setTimeout(() => request.destroy(), withinMs)
  try {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    clearTimeout(late)
  }
}
