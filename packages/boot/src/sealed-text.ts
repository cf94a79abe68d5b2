/** Secrets at rest: encrypted with a key that is derived from one of `SECRET_KEYS`, and bound to what they are for. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { keyFor, type SecretKey, type SecretKeys } from './secret-keys.ts'

const CIPHER = 'aes-256-gcm'
/** The sizes that NIST SP 800-38D recommends. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Seal {
  /** What the key is derived for: a fixed word of the program. */
  readonly use: string
  /** What it is for, such as an owner and a name: under any other the same bytes are not opened. */
  readonly boundTo: readonly string[]
}

/** `<id of the key>.<base64url of nonce, tag and cipher text>`, sealed with the first key. */
export function sealText(keys: SecretKeys, seal: Seal, text: string): string {
  const [key] = keys
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, keyFor(seal.use, key), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(boundBytes(seal, key))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Null: the key is no longer among `SECRET_KEYS`, or these are not the bytes that were sealed for this. */
export function unsealText(keys: SecretKeys, seal: Seal, sealed: string): string | null {
  const key = keys.find(({ id }) => id === keyIdOf(sealed))
  if (key === undefined) return null
  const bytes = Buffer.from(sealed.slice(key.id.length + 1), 'base64url')
  try {
    const decipher = createDecipheriv(CIPHER, keyFor(seal.use, key), bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(boundBytes(seal, key))
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** Whether one of `keys` has sealed it, so that it can be opened. */
export const isKeyKnown = (keys: SecretKeys, sealed: string): boolean => keys.some(({ id }) => id === keyIdOf(sealed))

export const isSealedWithFirst = ([first]: SecretKeys, sealed: string): boolean => keyIdOf(sealed) === first.id

const keyIdOf = (sealed: string): string => sealed.slice(0, sealed.indexOf('.'))

const boundBytes = ({ boundTo }: Seal, key: SecretKey): Buffer => Buffer.from(JSON.stringify([...boundTo, key.id]))
