/** Reads a body that may hang or break off. */
import { heeding, withTimer } from './stopping.ts'
import { timedOut } from './transport.ts'

/** The body, chunk by chunk. Whoever stops reading closes the connection. */
export async function* readChunks(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader()
  try {
    for (;;) {
      const timer = withTimer(idleMs, () => timedOut(idleMs), [signal])
      const { done, value } = await heeding(reader.read(), timer.signal).finally(timer.release)
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
