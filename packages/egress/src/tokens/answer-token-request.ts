/** Answers a job that asks for a PO token. The provider hears a closed question, and the job hears a token or a refusal. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AdmittedJob } from '../admission.ts'
import { type Refusal, refuseRequest } from '../refusals.ts'
import type { TokenProvider } from './token-provider.ts'
import { TokenProviderFailed } from './token-provider-failed.ts'
import { tokenQuestionOf } from './token-question.ts'

interface TokenAnswer {
  readonly job: AdmittedJob
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly provider: TokenProvider
  /** Hears why there is no token, in a word without secrets. */
  readonly onFailure: (reason: string) => void
}

/** A question has about a kilobyte. */
const QUESTION_BYTES_MAX = 16 * 1024
/** It comes from this machine. With the provider's time it stays below what the runner waits (`po_tokens.py`). */
const QUESTION_WITHIN_MS = 3_000
/** Of one job, for its whole life. An honest one asks once or twice, one after the other. */
const QUESTIONS_MAX = 16

/** Never rejects. */
export async function answerTokenRequest(answer: TokenAnswer): Promise<void> {
  const { job, request, response, onFailure } = answer
  const gone = new AbortController()
  const leave = (): void => gone.abort()
  // Not that of the response: one that waits behind another answer has no connection, and never says that it is closed.
  request.socket.once('close', leave)
  try {
    const reply = await oneAfterTheOther(job, () => replyTo(answer, gone.signal))
    if (gone.signal.aborted) return
    if (typeof reply === 'string') {
      onFailure(reply)
      refuseRequest(response, reply)
    } else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply))
  } catch (error) {
    if (gone.signal.aborted) return
    const reason = error instanceof TokenProviderFailed ? error.reason : 'internal'
    onFailure(reason)
    refuseRequest(response, reason)
  } finally {
    request.socket.off('close', leave)
  }
}

async function oneAfterTheOther<T>(job: AdmittedJob, work: () => Promise<T>): Promise<T | Refusal> {
  if (job.asksForToken) return 'too_many'
  job.asksForToken = true
  try {
    return await work()
  } finally {
    job.asksForToken = false
  }
}

async function replyTo({ job, request, provider }: TokenAnswer, signal: AbortSignal): Promise<object | Refusal> {
  job.tokenQuestions += 1
  if (job.tokenQuestions > QUESTIONS_MAX) return 'too_many'
  if (request.headers['transfer-encoding']) return 'length_required'
  const text = await questionIn(request, Math.min(QUESTION_WITHIN_MS, provider.withinMs))
  const question = text === null ? null : tokenQuestionOf(text)
  if (question === null) return 'bad_request'
  const asker = { owner: job.requester.owner, exit: job.upstream }
  return { poToken: await provider.token(question, asker, signal) }
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
