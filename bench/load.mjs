/** Many requests at once, and what they cost. */
import autocannon from 'autocannon'
import { processorSecondsOf } from './processes.mjs'

const CONNECTIONS = 50

/**
 * Sends the same request on 50 connections, for `seconds` or `amount` times. Resolves to
 * `{ perSecond, answered, microseconds }`: the last is the processor time per request of the process `pid`.
 * Any answer but 2xx makes the measurement worthless, and is an error.
 */
export async function loadOf({ url, pid, body, seconds, amount, headers = {} }) {
  const post =
    body === undefined
      ? { headers }
      : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const before = await processorSecondsOf(pid)
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    ...(amount ? { amount } : { duration: seconds }),
    ...post,
  })
  const used = (await processorSecondsOf(pid)) - before
  const answered = result['2xx']
  const refused = result.non2xx + result.errors + result.timeouts
  if (refused > 0 || answered === 0) throw new Error(`${url}: ${answered} answers, and ${refused} that were none.`)
  return { perSecond: answered / result.duration, answered, microseconds: (used / answered) * 1e6 }
}
