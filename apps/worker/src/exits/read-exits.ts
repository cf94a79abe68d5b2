/** Reads the operator's exits: JSON in, a table out, or everything that is wrong with it. */
import { parseUpstreamProxy, type UpstreamProxy } from '@video-scraper/egress'
import type { SiteRate } from '@video-scraper/queue'
import type { Exit, ExitTable } from './exit-table.ts'
import { siteNamed } from './site-names.ts'

const EXITS_MAX = 50
const ROWS_MAX = 1000
const NAME_LENGTH_SHOWN = 60
const COUNTRY = /^[A-Z]{2}$/

/** Cannot be used. The message names every problem, for the operator, and repeats nothing of an address. */
export class UnusableExits extends Error {
  override readonly name = 'UnusableExits'
}

const KNOWN = ['sites', 'countries', 'rates'] as const

/**
 * `text`: `{"sites": {"youtube.com": ["http://user:password@one:3128", "http://two:3128"]}, "countries": {"DE": "http://three:3128"},
 * "rates": {"youtube.com": {"jobs": 300, "seconds": 3600, "burst": 10}}}`. Each part may be left out; `burst` too, it is 1 then.
 * `digestOf`: what an address of a proxy is known by. Throws `UnusableExits` where a part is not as above.
 */
export function exitTableOf(text: string, digestOf: (address: string) => string): ExitTable {
  const given = objectOf(parsed(text))
  if (given === null) throw new UnusableExits('it must be an object')
  const problems: string[] = Object.keys(given)
    .filter((name) => !KNOWN.some((known) => known === name))
    .map((name) => `"${shown(name)}" is not one of ${KNOWN.join(', ')}`)
  const rowsOf = <Row>(name: (typeof KNOWN)[number], keyOf: (key: string) => string | null, read: ReadRow<Row>) => {
    const rows = new Map<string, Row>()
    const part = objectOf(given[name] ?? {})
    if (part === null) problems.push(`"${name}" must be an object`)
    const entries = Object.entries(part ?? {})
    if (entries.length > ROWS_MAX) problems.push(`"${name}" must have at most ${ROWS_MAX} rows`)
    for (const [key, value] of entries.slice(0, ROWS_MAX)) {
      const row = readRow(key, value, keyOf, read)
      if (typeof row === 'string') problems.push(`"${name}.${shown(key)}" ${row}`)
      else rows.set(key, row.row)
    }
    return rows
  }
  const table = {
    sites: rowsOf('sites', siteNamed, exitsIn('site', digestOf)),
    countries: rowsOf('countries', countryOf, exitsIn('country', digestOf)),
    rates: rowsOf('rates', siteNamed, rateIn),
  }
  if (problems.length > 0) throw new UnusableExits(problems.join('; '))
  return table
}

/** The row, or what is wrong with it, behind its name. */
type ReadRow<Row> = (key: string, value: unknown) => { row: Row } | string

/** A key is written as it is looked up, so that no row is there in vain. */
function readRow<Row>(key: string, value: unknown, keyOf: (key: string) => string | null, read: ReadRow<Row>) {
  if (keyOf(key) !== key)
    return 'is no registrable domain in lower case, such as youtube.com, or no country, such as DE; a site with several domains has one row, such as youtube.com for youtu.be'
  return read(key, value)
}

const countryOf = (key: string): string | null => (COUNTRY.test(key) ? key : null)

const exitsIn =
  (what: string, digestOf: (address: string) => string): ReadRow<readonly Exit[]> =>
  (key, value) => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    if (values.length === 0 || values.length > EXITS_MAX) return `must have 1 to ${EXITS_MAX} proxies`
    const proxies = values.map((address) => (typeof address === 'string' ? proxyOf(address) : null))
    if (!proxies.every((proxy) => proxy !== null))
      return 'has a proxy that is not http://host:port or http://user:password@host:port'
    return {
      row: proxies.map((proxy, at) => ({
        name: `${what} ${key}, ${at + 1}`,
        digest: digestOf(JSON.stringify([proxy.host, proxy.port, proxy.authorization])),
        proxy,
      })),
    }
  }

function proxyOf(address: string): UpstreamProxy | null {
  try {
    return parseUpstreamProxy(address)
  } catch {
    return null
  }
}

const RATE_KEYS = ['jobs', 'seconds', 'burst'] as const
const RATE_SENTENCE = 'must be {"jobs": 1 to 100000, "seconds": 1 to 86400, "burst": 1 to 1000}'

function rateIn(_key: string, value: unknown): { row: SiteRate } | string {
  const given = objectOf(value)
  if (given === null || Object.keys(given).some((key) => !RATE_KEYS.some((known) => known === key)))
    return RATE_SENTENCE
  const { jobs, seconds, burst = 1 } = given
  if (!isWhole(jobs, 100_000) || !isWhole(seconds, 86_400) || !isWhole(burst, 1000)) return RATE_SENTENCE
  return { row: { jobs, seconds, burst } }
}

const isWhole = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnusableExits('it is not JSON')
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

const shown = (name: string): string => name.slice(0, NAME_LENGTH_SHOWN)
