/** The operator's provider of PO tokens, spoken to by the protocol of bgutil-ytdlp-pot-provider. Bounded in bytes, time and number. */
import { createTurns, TooManyWaiting } from '../turns.ts'
import { proxyAddressOf, type UpstreamProxy } from '../upstream-proxy.ts'
import { exchange } from './token-exchange.ts'
import { createTokenOutages } from './token-outages.ts'
import { TokenProviderFailed } from './token-provider-failed.ts'
import { isForVisitor, type TokenQuestion, tokenIn } from './token-question.ts'

/** Who asks, and how the provider is to reach YouTube. */
export interface TokenAsker {
  /** Whose turn is used: a client, as fair shares tell them apart. */
  readonly owner: string
  /** What the provider is to leave through, as the job does; null: by its own way. */
  readonly exit: UpstreamProxy | null
}

export interface TokenProvider {
  /** Milliseconds that one question takes at most, its wait included. */
  readonly withinMs: number
  /** Rejects with `TokenProviderFailed` where the provider does not answer that it is there. Waits for no turn. */
  ping(signal: AbortSignal): Promise<void>
  /** Rejects with `TokenProviderFailed`: at once with `unreachable` while an earlier failure counts. */
  token(question: TokenQuestion, asker: TokenAsker, signal: AbortSignal): Promise<string>
}

/** For all that a job waits: its turn, the connection, and the last byte. A provider that starts anew takes some seconds. */
const WITHIN_MS = 15_000
const OUTAGE_MS = 60_000
/** A provider makes one after the other. */
const OF_ALL = { atOnce: 4, waiting: 64 }
const OF_OWNER = { atOnce: 2, waiting: 32 }

interface TokenProviderOptions {
  /** Of `parseTokenProviderUrl`. */
  readonly url: URL
  /** Milliseconds for one question, its wait included. Default 15 s. */
  readonly withinMs?: number
  /** Milliseconds in which nothing is asked after a question that nobody answered. Default 60 s. */
  readonly outageMs?: number
}

export function createTokenProvider(options: TokenProviderOptions): TokenProvider {
  const { url, withinMs = WITHIN_MS, outageMs = OUTAGE_MS } = options
  const ofOwner = createTurns(OF_OWNER)
  const ofAll = createTurns(OF_ALL)
  const outages = createTokenOutages(outageMs)

  async function inTime<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(withinMs)
    try {
      return await unlessEnded(AbortSignal.any([signal, late]), work)
    } catch (error) {
      throw failureOf(error, late.aborted)
    }
  }

  /** What ends before its answer leaves the line when its turn comes. */
  const inTurn = <T>(owner: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> =>
    ofOwner.take(owner, async () => {
      signal.throwIfAborted()
      return await ofAll.take('all', async () => {
        signal.throwIfAborted()
        return await work()
      })
    })

  async function ask(question: TokenQuestion, exit: UpstreamProxy | null, signal: AbortSignal): Promise<string> {
    const way = exit === null ? null : proxyAddressOf(exit)
    const asked = { ...question, bypass_cache: !isForVisitor(question), disable_tls_verification: false }
    const body = JSON.stringify({ ...asked, ...(way !== null && { proxy: way }) })
    const token = tokenIn(await exchange(url, { path: '/get_pot', body, signal }))
    if (token === null) throw new TokenProviderFailed('bad_response')
    return token
  }

  return {
    withinMs,
    async ping(signal) {
      try {
        await inTime(signal, (ended) => exchange(url, { path: '/ping', signal: ended }))
        outages.end(null)
      } catch (error) {
        if (isSilence(error) && !signal.aborted) outages.begin(null)
        throw error
      }
    },
    async token(question, { owner, exit }, signal) {
      const way = exit === null ? '' : proxyAddressOf(exit)
      if (outages.lasts(way)) throw new TokenProviderFailed('unreachable')
      let askedAt: number | null = null
      const startedAt = performance.now()
      try {
        const token = await inTime(signal, (ended) =>
          inTurn(owner, ended, () => {
            // Whoever waited while it went away.
            if (outages.lasts(way)) throw new TokenProviderFailed('unreachable')
            askedAt = performance.now()
            return ask(question, exit, ended)
          }),
        )
        outages.end(way)
        return token
      } catch (error) {
        // Whoever waited for long gave the provider little time, and a job that ended gave it none.
        const hadTime = askedAt !== null && askedAt - startedAt < withinMs / 2
        if (isSilence(error) && hadTime && !signal.aborted) outages.begin(error.reason === 'timeout' ? way : null)
        throw error
      }
    },
  }
}

/** Settles when `signal` does, though the work may go on until it hears of it. */
async function unlessEnded<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  return await new Promise<T>((resolve, reject) => {
    const ended = (): void => reject(signal.reason)
    signal.addEventListener('abort', ended, { once: true })
    work(signal)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', ended))
  })
}

/** Nothing came back, so the next question would wait in vain as well. */
const isSilence = (error: unknown): error is TokenProviderFailed =>
  error instanceof TokenProviderFailed && (error.reason === 'unreachable' || error.reason === 'timeout')

function failureOf(cause: unknown, isLate: boolean): TokenProviderFailed {
  if (cause instanceof TokenProviderFailed) return cause
  if (cause instanceof TooManyWaiting) return new TokenProviderFailed('too_many', { cause })
  return new TokenProviderFailed(isLate ? 'timeout' : 'unreachable', { cause })
}
