/** What a service says that is one version newer than the client: unknown fields, unknown words, unknown events. */

const UNKNOWN = { a_field_of_tomorrow: { nested: [1, 'two', null] } }

/** Words of open vocabularies, each replaced by one that nobody knows yet. */
const WORDS: Readonly<Record<string, unknown>> = {
  phase: 'levitating',
  live_status: 'was_a_dream',
  warnings: [{ code: 'warning_of_tomorrow', message: 'Something new.' }],
}

function renewed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renewed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [key, key in WORDS ? WORDS[key] : renewed(each)])
  // A state under way that nobody knows is no end.
  const status = (value as { status?: unknown }).status
  const state = status === 'in_progress' || status === 'processing' ? { status: 'warming_up' } : {}
  const code = 'code' in value ? { code: 'code_of_tomorrow' } : {}
  return { ...Object.fromEntries(entries), ...UNKNOWN, ...state, ...code }
}

export const newerAnswer = (text: string): string => JSON.stringify(renewed(JSON.parse(text)))

/** The same events with newer data, and before each one an event of a type that nobody knows. */
export async function* newerEvents(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of stream) {
    rest += String(chunk)
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.includes('data:')) yield 'event: weather\nfield_of_tomorrow: 1\ndata: {"sky":"blue"}\n\n'
      yield `${block.replace(/^data: ?(.*)$/m, (_, data: string) => `data: ${newerAnswer(data)}`)}\n\n`
    }
  }
}
