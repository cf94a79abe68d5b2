/** Waits until the gateway says that it can do its work. */
import { UserFacingError } from '../runtime/say.mjs'

/** Resolves when `baseUrl/health/ready` answers 200; throws an `UserFacingError` after `withinMs`. Gives up when `over` aborts. */
export async function awaitReady({ baseUrl, redisUrl }, over, withinMs = 60_000) {
  const url = `${baseUrl}/health/ready`
  const deadline = Date.now() + withinMs
  let last = 'nothing'
  while (Date.now() < deadline) {
    last = await statusOf(url)
    if (last === 200 || over.aborted) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  // The address itself may hold a password.
  const hint = redisUrl ? ' Can the Redis of REDIS_URL be reached?' : ''
  throw new UserFacingError(`The gateway was not ready after ${withinMs / 1000} s: ${url} answered ${last}.${hint}`)
}

async function statusOf(url) {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await reply.arrayBuffer()
    return reply.status
  } catch (cause) {
    return cause.cause?.code ?? cause.name
  }
}
