/** Cookies at rest: sealed, and bound to whose they are. */
import { type SecretKeys, sealText, unsealText } from '@video-scraper/boot'
import type { CookieSetRecord } from '@video-scraper/store'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { Cookie } from './cookie.ts'

const Cookies = Type.Array(Cookie)

/** Whose cookies they are: the same bytes under another owner, name or set are not opened. */
export type Subject = Pick<CookieSetRecord, 'owner' | 'name' | 'id'>

const sealOf = ({ owner, name, id }: Subject) => ({ use: 'cookie sets', boundTo: [owner, name, id] })

/** Sealed with the first key. */
export const seal = (keys: SecretKeys, subject: Subject, cookies: readonly Cookie[]): string =>
  sealText(keys, sealOf(subject), JSON.stringify(cookies))

/** Null: the key is no longer among `SECRET_KEYS`, or these are not the bytes that were sealed for this subject. */
export function unseal(keys: SecretKeys, subject: Subject, sealed: string): Cookie[] | null {
  const text = unsealText(keys, sealOf(subject), sealed)
  try {
    const cookies: unknown = text === null ? null : JSON.parse(text)
    return Value.Check(Cookies, cookies) ? cookies : null
  } catch {
    return null
  }
}
