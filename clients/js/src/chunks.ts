/** Reads a body that may hang or break off. */
import { heeding } from './stopping.ts'
import { timedOut } from './transport.ts'

/** The body, chunk by chunk. Whoever stops reading closes the connection. */
export async function* readChunks(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader()
  const limit = { milliseconds: idleMs, reason: () => timedOut(idleMs) }
  try {
    for (;;) {
      const { done, value } = await heeding(reader.read(), signal, limit)
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
