/** A cookie as it is kept: within a sealed set, in the worker's memory, and in the folder of a job. */
import { type Static, Type } from 'typebox'

/** Browsers keep no more of one cookie (RFC 6265bis, section 5.7). */
export const NAME_AND_VALUE_BYTES_MAX = 4096
export const PATH_LENGTH_MAX = 1024
/** Of a name in the DNS (RFC 1035, section 2.3.4), without the dot at its end. */
export const DOMAIN_LENGTH_MAX = 253

export const Cookie = Type.Object({
  /** In lower case and ASCII, without a dot in front; or an IP address. */
  domain: Type.String({ minLength: 1, maxLength: DOMAIN_LENGTH_MAX, pattern: '^[a-z0-9_:.-]+$' }),
  /** It is sent to the names below `domain` as well. */
  includesSubdomains: Type.Boolean(),
  path: Type.String({ maxLength: PATH_LENGTH_MAX, pattern: '^/[\\x20-\\x3a\\x3c-\\x7e]*$' }),
  name: Type.String({ minLength: 1, maxLength: NAME_AND_VALUE_BYTES_MAX, pattern: '^[\\x21-\\x3a\\x3c\\x3e-\\x7e]+$' }),
  value: Type.String({ maxLength: NAME_AND_VALUE_BYTES_MAX, pattern: '^[\\x20-\\x3a\\x3c-\\x7e]*$' }),
  /** Seconds since 1970; null: until the session ends, and nobody says when that is. */
  expires: Type.Union([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()]),
  secure: Type.Boolean(),
  httpOnly: Type.Boolean(),
  /** When a site gave it this value, in epoch milliseconds. Absent: it is as the client stored it. */
  changedAt: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
})
export type Cookie = Static<typeof Cookie>

/** What makes two cookies the same one in a browser (RFC 6265, section 5.3, step 11). */
export const identityOf = ({ domain, path, name }: Pick<Cookie, 'domain' | 'path' | 'name'>): string =>
  `${domain}\n${path}\n${name}`

export const isExpired = ({ expires }: Cookie, now: number): boolean => expires !== null && expires * 1000 <= now
