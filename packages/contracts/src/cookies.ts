/** Cookie sets: what a client gives, and what it can read of them afterwards. No answer holds the name or the value of a cookie. */
import { type Static, Type } from 'typebox'
import { Instant, NullableInstant } from './instants.ts'
import { refTo } from './named.ts'
import { NullableNumber } from './nullable.ts'

/** How many sets an owner may have, how many cookies a set, and how long the body that brings them may be. */
export const COOKIE_SETS_MAX = 20
export const COOKIES_MAX = 500
export const COOKIES_BYTES_MAX = 256 * 1024

/** The name of a set, in a path and in a request for a job. */
export const COOKIE_SET_NAME = '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$'

export const CookieVerdict = Type.Enum(['valid', 'expired', 'rotated', 'unknown'], {
  $id: 'CookieVerdict',
  type: 'string',
  description:
    '`unknown`: no job has ended with this set yet. `valid`: the last one that used it was not asked to sign in. `rotated`: the same, and the site has replaced cookies of the set since it was stored, so the export that it was made from is out of date. `expired`: all cookies are past their time, or the site no longer takes them; store new ones.',
})
export type CookieVerdict = Static<typeof CookieVerdict>

/** Seconds since 1970. Browsers' extensions and browser automation name it differently. */
const Expiry = Type.Optional(
  NullableNumber({ description: 'Seconds since 1970. Absent, null, 0 or negative: until the session ends.' }),
)

/** One cookie of a JSON export. Fields that are not known are ignored: each exporter has some of its own. */
export const JsonCookie = Type.Object(
  {
    domain: Type.String({
      maxLength: 254,
      description: 'With a dot in front, it is also sent to the names below.',
      examples: ['.example.com'],
    }),
    name: Type.String({ maxLength: 4096 }),
    value: Type.String({ maxLength: 4096 }),
    path: Type.Optional(Type.String({ maxLength: 1024, description: 'Absent: `/`.' })),
    expires: Expiry,
    expirationDate: Expiry,
    secure: Type.Optional(Type.Boolean()),
    httpOnly: Type.Optional(Type.Boolean()),
    hostOnly: Type.Optional(Type.Boolean({ description: 'true: never sent to the names below `domain`.' })),
  },
  { $id: 'JsonCookie', description: 'A cookie, as extensions of browsers, Playwright and Puppeteer export it.' },
)
export type JsonCookie = Static<typeof JsonCookie>

export const JsonCookies = Type.Array(JsonCookie, {
  minItems: 1,
  maxItems: COOKIES_MAX,
  description: 'The cookies of a set. A file in the form of Netscape is sent as `text/plain` instead.',
})
export type JsonCookies = readonly JsonCookie[]

export const CookieSetReply = Type.Object(
  {
    name: Type.String(),
    domains: Type.Array(Type.String(), {
      description: 'The registrable domains of the cookies. Jobs for pages of these sites alone can use the set.',
    }),
    count: Type.Integer({ description: 'How many cookies there are.' }),
    earliest_expiry: NullableInstant('When the first of them expires.', 'when none of them says'),
    verdict: refTo(CookieVerdict),
    created_at: Instant('When the set was first stored.'),
    changed_at: Instant('When cookies of it last changed: by you, or by a site that replaced them.'),
    last_used_at: NullableInstant('When a job last began with it.', 'when none has'),
  },
  { $id: 'CookieSetReply', description: 'What is known of a cookie set. The cookies themselves are never shown.' },
)
export type CookieSetReply = Static<typeof CookieSetReply>

export const CookieSetList = Type.Object(
  { cookies: Type.Array(refTo(CookieSetReply), { description: 'By name.' }) },
  { $id: 'CookieSetList' },
)
export type CookieSetList = Static<typeof CookieSetList>
