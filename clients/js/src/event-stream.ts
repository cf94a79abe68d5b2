/** Reads server-sent events (WHATWG HTML, 9.2) from a body. */
import { readChunks } from './chunks.ts'
import { ConnectionError } from './errors.ts'

export interface ServerSentEvent {
  readonly type: string
  readonly data: string
  /** The last id that was given, by this event or one before. */
  readonly id: string
  /** Milliseconds, when the service has said how long to wait before coming back. */
  readonly retryMs: number | undefined
}

/** No event of the service is as long. */
const LONGEST_LINE = 16 * 1024 * 1024

/** Ends with the body. Throws a `TimeoutError` when nothing comes for `idleMs`, not even a comment. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  { idleMs, signal }: { idleMs: number; signal?: AbortSignal | undefined },
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const fields = newFields()
  for await (const line of readLines(body, idleMs, signal)) {
    const event = fields.take(line)
    if (event) yield event
  }
}

function newFields() {
  let type = ''
  let data: string[] = []
  let id = ''
  let retryMs: number | undefined
  const setters: Record<string, (value: string) => void> = {
    event: (value) => {
      type = value
    },
    data: (value) => void data.push(value),
    id: (value) => {
      if (!value.includes('\0')) id = value
    },
    retry: (value) => {
      if (/^\d+$/.test(value)) retryMs = Number(value)
    },
  }
  return {
    /** Returns the event when `line` is the empty one that ends it. */
    take(line: string): ServerSentEvent | null {
      if (line !== '') {
        const [, name = '', value = ''] = /^([^:]*)(?::\x20?(.*))?$/s.exec(line) ?? []
        if (Object.hasOwn(setters, name)) setters[name]?.(value)
        return null
      }
      const event = data.length > 0 ? { type: type || 'message', data: data.join('\n'), id, retryMs } : null
      type = ''
      data = []
      return event
    },
  }
}

/** Lines end with CR LF, LF or CR. What follows the last of them is no line: the body was cut there. */
async function* readLines(body: ReadableStream<Uint8Array>, idleMs: number, signal?: AbortSignal) {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of readChunks(body, idleMs, signal)) {
    rest += decoder.decode(chunk, { stream: true })
    // A CR at the end may be the first half of a CR LF.
    const parts = rest.split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop() ?? ''
    if (rest.length > LONGEST_LINE) throw new ConnectionError('A line is too long.', { code: 'unreadable_answer' })
    yield* parts
  }
}
