/** Reads what a client gives as cookies: a file in the form of Netscape, or an array of JSON. */
import { isIP, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import { COOKIES_MAX, type JsonCookies } from '@video-scraper/contracts'
import { Value } from 'typebox/value'
import {
  Cookie,
  DOMAIN_LENGTH_MAX,
  identityOf,
  isExpired,
  NAME_AND_VALUE_BYTES_MAX,
  PATH_LENGTH_MAX,
} from './cookie.ts'
import { CookieProblem } from './cookie-problem.ts'
import { siteOf } from './site-of.ts'

/** In front of a line, it marks a cookie that scripts of a page do not see. Every other line that begins so is a remark. */
const HTTP_ONLY = '#HttpOnly_'
/** Some exporters write milliseconds. In seconds this would be the year 5138. */
const SECONDS_MAX = 100_000_000_000
/** The last one that a date can say; some write a number without meaning for `never`. */
const LAST_SECOND = 8_640_000_000_000

/**
 * The cookies that are still of use, each once; of two that are the same the later one stands. Takes time linear in the
 * text. Throws a `CookieProblem`.
 */
export function readCookies(given: string | JsonCookies, now: number): Cookie[] {
  const read = typeof given === 'string' ? readNetscape(given) : given.map(readJson)
  if (read.length === 0) {
    throw new CookieProblem(
      'There is no cookie in it. Send a cookies.txt in the form of Netscape, or an array of JSON.',
    )
  }
  if (read.length > COOKIES_MAX) {
    throw new CookieProblem(
      `There are ${read.length} cookies, and a set holds ${COOKIES_MAX}. Export those of one site.`,
    )
  }
  const alive = read.filter((cookie) => !isExpired(cookie, now))
  if (alive.length === 0) throw new CookieProblem('All of the cookies have expired. Export them again.')
  return [...new Map(alive.map((cookie) => [identityOf(cookie), cookie])).values()]
}

function readNetscape(text: string): Cookie[] {
  const cookies: Cookie[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line
    const httpOnly = whole.startsWith(HTTP_ONLY)
    if (whole.trim() === '' || (whole.startsWith('#') && !httpOnly)) continue
    const where = `Line ${index + 1}`
    const fields = (httpOnly ? whole.slice(HTTP_ONLY.length) : whole).split('\t')
    const [domain = '', subdomains = '', path = '', secure = '', expires = '', name = '', value = ''] = fields
    if (fields.length < 6 || fields.length > 7) {
      throw new CookieProblem(
        `${where} is no cookie in the form of Netscape: it has ${fields.length} fields instead of 7, separated by tabs.`,
      )
    }
    cookies.push(
      checked(where, {
        domain,
        includesSubdomains: isTrue(subdomains) || domain.startsWith('.'),
        path,
        name,
        value,
        expires: Number(expires),
        secure: isTrue(secure),
        httpOnly,
      }),
    )
    // What is more is refused with its number, which must not cost more than this.
    if (cookies.length > COOKIES_MAX) return cookies
  }
  return cookies
}

const isTrue = (word: string): boolean => word.toUpperCase() === 'TRUE'

function readJson(cookie: JsonCookies[number], index: number): Cookie {
  const { domain, name, value, path = '/', secure = false, httpOnly = false, hostOnly } = cookie
  return checked(`Cookie ${index + 1}`, {
    domain,
    includesSubdomains: hostOnly === undefined ? domain.startsWith('.') : !hostOnly,
    path,
    name,
    value,
    expires: cookie.expires ?? cookie.expirationDate ?? 0,
    secure,
    httpOnly,
  })
}

/** `expires`: as it was given, where 0, less and no number stand for the end of the session. */
function checked(where: string, given: Omit<Cookie, 'expires'> & { expires: number }): Cookie {
  const domain = hostIn(where, given.domain)
  const site = domain === null ? null : siteOf(domain)
  if (domain === null || site === null)
    throw new CookieProblem(`${where} is for no site: its domain is none that somebody can register.`)
  const cookie: Cookie = {
    ...given,
    domain,
    includesSubdomains: given.includesSubdomains && !isAddress(site),
    path: given.path.startsWith('/') ? given.path : '/',
    expires: secondsIn(given.expires),
  }
  if (cookie.name === '') throw new CookieProblem(`${where} has no name.`)
  if (cookie.path.length > PATH_LENGTH_MAX) {
    throw new CookieProblem(`${where} has a path of more than ${PATH_LENGTH_MAX} bytes, which browsers do not keep.`)
  }
  if (cookie.name.length + cookie.value.length > NAME_AND_VALUE_BYTES_MAX) {
    throw new CookieProblem(`${where} is longer than the ${NAME_AND_VALUE_BYTES_MAX} bytes that browsers keep.`)
  }
  if (!Value.Check(Cookie, cookie)) {
    throw new CookieProblem(
      `${where} holds a character that cookies cannot have, such as a semicolon or a letter beyond ASCII.`,
    )
  }
  return cookie
}

/**
 * In lower case and ASCII. Null: it is no name and no address. What is longer than any name is refused before it is read: to write
 * letters beyond ASCII in ASCII takes time that grows with the square of their number.
 */
function hostIn(where: string, domain: string): string | null {
  const name = domain.replace(/^\./, '')
  if (isIPv6(name)) return name.toLowerCase()
  // What follows one of these would be read as another part of a URL, and passed over.
  const isName = name.length <= DOMAIN_LENGTH_MAX && !/[\s/\\?#@:%]/.test(name)
  const host = isName ? domainToASCII(name).toLowerCase() : ''
  if (name.length > DOMAIN_LENGTH_MAX || host.length > DOMAIN_LENGTH_MAX) {
    throw new CookieProblem(`${where} has a domain of more than ${DOMAIN_LENGTH_MAX} bytes, which no site has.`)
  }
  return host || null
}

const isAddress = (site: string): boolean => isIP(site) !== 0

function secondsIn(given: number): number | null {
  if (!Number.isFinite(given) || given <= 0) return null
  const seconds = Math.floor(given >= SECONDS_MAX ? given / 1000 : given)
  return Math.min(Math.max(1, seconds), LAST_SECOND)
}
