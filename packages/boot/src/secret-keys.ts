/** The keys that links are signed with: given as a setting, or made once and kept in the data folder. */
import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidEnvironment } from './environment.ts'

/** One key. Its secret is an object that neither a log nor JSON shows. */
export interface SecretKey {
  /** Travels openly with whatever the key has signed, so that keys can be changed: 1 to 32 of `A-Z a-z 0-9 _ -`. */
  id: string
  secret: KeyObject
}

/** The first one signs; all of them verify. To change keys, give the new one to all as the last, then put it in front, then take the old one away. */
export type SecretKeys = readonly [SecretKey, ...SecretKey[]]

export interface SecretKeySettings {
  /** `id:base64,…`; empty: the file in the data folder, which is made where there is none. */
  SECRET_KEYS: string
  DATA_DIR: string
}

/** Its text has the form of the setting. */
export const SECRET_KEYS_FILE = 'secret-keys'

const SECRET_BYTES_MIN = 32
const ID = /^[A-Za-z0-9_-]{1,32}$/
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/** Throws `InvalidEnvironment`, whose message names every problem and repeats nothing of a secret. */
export async function loadSecretKeys({ SECRET_KEYS, DATA_DIR }: SecretKeySettings): Promise<SecretKeys> {
  if (SECRET_KEYS !== '') return parseSecretKeys(SECRET_KEYS, 'SECRET_KEYS')
  const path = join(DATA_DIR, SECRET_KEYS_FILE)
  const text = (await textOf(path)) ?? (await makeOnce(DATA_DIR, path))
  return parseSecretKeys(text.trim(), path)
}

/** `source` says in an error where the text came from. */
export function parseSecretKeys(text: string, source: string): SecretKeys {
  const parts = text.split(',').map((part) => part.trim())
  const read = parts.map((part, at) => readKey(part, `key ${at + 1}`))
  const problems = read.flatMap((key) => (typeof key === 'string' ? [key] : []))
  const [first, ...more] = read.filter((key) => typeof key !== 'string')
  if (first !== undefined && new Set([first, ...more].map(({ id }) => id)).size <= more.length) {
    problems.push('two keys have the same id')
  }
  if (first === undefined || problems.length > 0) {
    throw new InvalidEnvironment(
      `${source} cannot be used: ${problems.join('; ')}. It holds id:base64, comma-separated; the first key signs. ` +
        'Make one with: echo "k1:$(head -c 32 /dev/urandom | base64)"',
    )
  }
  return [first, ...more]
}

/** The key, or what is wrong with it. */
function readKey(part: string, name: string): SecretKey | string {
  const [, id = '', encoded = ''] = /^([^:]*):(.*)$/s.exec(part) ?? []
  if (!ID.test(id)) return `${name} has no id of 1 to 32 letters, digits, _ or - before a colon`
  if (!BASE64.test(encoded)) return `the secret of ${name} is not base64`
  const secret = Buffer.from(encoded, 'base64')
  if (secret.length < SECRET_BYTES_MIN) return `the secret of ${name} has less than ${SECRET_BYTES_MIN} bytes`
  return { id, secret: createSecretKey(secret) }
}

/**
 * A key of its own for each use, 32 bytes: what is learned from one use says nothing about another. `use` is a fixed
 * word of the program, never text of a client.
 */
export const keyFor = (use: string, { secret }: SecretKey): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `video-scraper ${use}`, SECRET_BYTES_MIN)))

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/**
 * Several processes may come here at once, on several machines that share the folder: each writes a key of its own
 * under a name of its own, and the one whose link is first gives the key to all. The name never shows half a file.
 */
async function makeOnce(directory: string, path: string): Promise<string> {
  await mkdir(directory, { recursive: true })
  const own = `${path}.${randomBytes(8).toString('hex')}`
  try {
    await writeDurably(own, `${newKey()}\n`)
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await unlink(own).catch(() => undefined)
  }
  return await readFile(path, 'utf8')
}

const newKey = () => `made-${randomBytes(4).toString('hex')}:${randomBytes(SECRET_BYTES_MIN).toString('base64')}`

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
