/** A provider of PO tokens, a proxy that knows it, and what a job asks them. */
import { startTokenProvider } from '@video-scraper/testkit'
import { createTargetPolicy, createTokenProvider, startEgressProxy, TOKEN_ADDRESS } from '../src/index.ts'
import { ask, whenDone } from './servers.ts'

export const QUESTION = { content_binding: 'visitor-data-1', innertube_context: { client: { clientName: 'MWEB' } } }
export const GET_POT = `${TOKEN_ADDRESS}/get_pot`
export const MARK = { 'x-po-token': '1' }

/** A stand-in of the provider, and a proxy that knows it. */
export async function startScene(withinMs = 2_000) {
  const provider = await startTokenProvider()
  whenDone(() => provider.stop())
  const lines: object[] = []
  const proxy = await startEgressProxy({
    // Whoever reached a resolver with the name would reach loopback.
    policy: createTargetPolicy({ allow: ['po-tokens.invalid:80'], resolve: async () => ['127.0.0.1'] }),
    tokens: createTokenProvider({ url: new URL(provider.url), withinMs }),
    logger: { warn: (fields, message) => void lines.push({ ...fields, message }) },
  })
  whenDone(() => proxy.close())
  return { provider, proxy, lines }
}

export const post = (proxyUrl: string, question: unknown, headers: Record<string, string> = {}) => {
  const body = typeof question === 'string' ? question : JSON.stringify(question)
  return ask(proxyUrl, GET_POT, {
    method: 'POST',
    headers: { 'content-length': String(Buffer.byteLength(body)), ...MARK, ...headers },
    body,
  })
}
