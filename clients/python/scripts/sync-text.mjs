/** The client that blocks, as text, from the text of the one that does not. */

/** What a word of the one is in the other. Each stands for itself only as a whole word. */
const WORDS = {
  AsyncVideoScraper: 'VideoScraper',
  AsyncTransport: 'Transport',
  AsyncClient: 'Client',
  AsyncGenerator: 'Generator',
  AsyncIterator: 'Iterator',
  AbstractAsyncContextManager: 'AbstractContextManager',
  asynccontextmanager: 'contextmanager',
  __aenter__: '__enter__',
  __aexit__: '__exit__',
  __anext__: '__next__',
  aiter_bytes: 'iter_bytes',
  aclose: 'close',
  aread: 'read',
  _async: '_sync',
}

const words = new RegExp(`\\b(${Object.keys(WORDS).join('|')})\\b`, 'g')

const head = (name) =>
  `# Made from _async/${name} by scripts/generate.mjs. Change that one, then run npm run openapi.\n`

export function syncText(name, text) {
  const plain = text
    .replaceAll(/\basync (def|for|with)\b/g, '$1')
    .replaceAll(/\bawait /g, '')
    .replaceAll('that does not block', 'that blocks')
  // What a generator that blocks takes and returns is part of its type.
  const generators = withBrackets(plain, 'AsyncGenerator', (inside) => `Generator[${inside}, None]`)
  const awaited = withBrackets(generators, 'Awaitable', (inside) => inside)
  return head(name) + awaited.replaceAll(words, (word) => WORDS[word]).replace(/\bAwaitable, /, '')
}

/** `text` with each `word[…]` replaced; brackets inside of brackets are heeded. */
function withBrackets(text, word, replaced) {
  const start = text.indexOf(`${word}[`)
  if (start < 0) return text
  const open = start + word.length
  const end = closing(text, open)
  const inside = text.slice(open + 1, end)
  return text.slice(0, start) + withBrackets(replaced(inside) + text.slice(end + 1), word, replaced)
}

/** Where the bracket at `open` is closed. */
function closing(text, open) {
  let depth = 0
  for (let index = open; index < text.length; index++) {
    if (text[index] === '[') depth += 1
    if (text[index] === ']') depth -= 1
    if (depth === 0) return index
  }
  throw new Error('A bracket is not closed.')
}
