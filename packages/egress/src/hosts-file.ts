/** The names that the machine itself gives to addresses: `/etc/hosts`, as hosts(5) describes it. */
import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'

/** Addresses by name in lower case. A name may stand in several lines. */
export function parseHostsFile(text: string): Map<string, string[]> {
  const addresses = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/)
    if (!isIP(address)) continue
    for (const name of names.map((each) => each.toLowerCase())) {
      addresses.set(name, [...(addresses.get(name) ?? []), address])
    }
  }
  return addresses
}

/**
 * Makes a value from a file, and makes it again whenever the file has changed. A file that is missing counts as empty.
 * Synchronous on purpose: both files that are read so are small, and the thread pool is left to others.
 */
export function fromFile<Value>(path: string, make: (text: string) => Value): () => Value {
  let stamp: string | null = null
  let value: Value
  return () => {
    const now = stampOf(path)
    if (now !== stamp) {
      stamp = now
      value = make(now === '' ? '' : readFileSync(path, 'utf8'))
    }
    return value
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.ino}:${stat.mtimeMs}:${stat.size}` : ''
}
