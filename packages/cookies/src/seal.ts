/** Cookies at rest: encrypted with a key that is derived from one of `SECRET_KEYS`, and bound to whose they are. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { keyFor, type SecretKey, type SecretKeys } from '@video-scraper/boot'
import type { CookieSetRecord } from '@video-scraper/store'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { Cookie } from './cookie.ts'

const USE = 'cookie sets'
const CIPHER = 'aes-256-gcm'
/** The sizes that NIST SP 800-38D recommends. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

const Cookies = Type.Array(Cookie)

/** Whose cookies they are: the same bytes under another owner, name or set are not opened. */
export type Subject = Pick<CookieSetRecord, 'owner' | 'name' | 'id'>

/** `<id of the key>.<base64url of nonce, tag and cipher text>`, sealed with the first key. */
export function seal(keys: SecretKeys, subject: Subject, cookies: readonly Cookie[]): string {
  const [key] = keys
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, keyFor(USE, key), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(boundTo(subject, key))
  const text = Buffer.concat([cipher.update(JSON.stringify(cookies), 'utf8'), cipher.final()])
  return `${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`
}

/** Null: the key is no longer among `SECRET_KEYS`, or these are not the bytes that were sealed for this subject. */
export function unseal(keys: SecretKeys, subject: Subject, sealed: string): Cookie[] | null {
  const key = keys.find(({ id }) => id === keyIdOf(sealed))
  if (key === undefined) return null
  const bytes = Buffer.from(sealed.slice(key.id.length + 1), 'base64url')
  try {
    const decipher = createDecipheriv(CIPHER, keyFor(USE, key), bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(boundTo(subject, key))
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    const cookies: unknown = JSON.parse(text.toString('utf8'))
    return Value.Check(Cookies, cookies) ? cookies : null
  } catch {
    return null
  }
}

/** Whether one of `keys` has sealed it, so that it can be opened. */
export const isKeyKnown = (keys: SecretKeys, sealed: string): boolean => keys.some(({ id }) => id === keyIdOf(sealed))

export const isSealedWithFirst = ([first]: SecretKeys, sealed: string): boolean => keyIdOf(sealed) === first.id

const keyIdOf = (sealed: string): string => sealed.slice(0, sealed.indexOf('.'))

const boundTo = ({ owner, name, id }: Subject, key: SecretKey): Buffer =>
  Buffer.from(JSON.stringify([owner, name, id, key.id]))
