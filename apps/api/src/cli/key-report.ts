/** What the command line says about keys, for people. */
import type { ApiKey, IssuedKey } from '@video-scraper/contracts'

const limitWords: Record<keyof ApiKey['limits'], string> = {
  requests_per_minute: 'jobs a minute',
  unfinished_downloads: 'unfinished downloads',
  storage_bytes: 'bytes of files',
}

/** One key, line by line. */
export function describeKey(key: ApiKey): string {
  const limits = Object.entries(limitWords).flatMap(([name, words]) => {
    const limit = key.limits[name as keyof ApiKey['limits']]
    return limit === null ? [] : [`${limit === 0 ? 'any number of' : limit} ${words}`]
  })
  const rows: [string, string | null][] = [
    ['id', key.id],
    ['name', key.name],
    ['status', key.status],
    ['scopes', key.scopes.join(', ')],
    ['addresses', key.allowed_addresses.join(', ') || 'any'],
    ['limits', limits.join(', ') || 'those of the service'],
    ['created', key.created_at],
    ['expires', key.expires_at ?? 'never'],
    ['last used', key.last_used_at ?? 'never'],
    ['revoked', key.revoked_at],
    ['secret before', key.previous_valid_until && `accepted until ${key.previous_valid_until}`],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [`  ${name.padEnd(14)}${value}\n`])).join('')
}

export const describeIssued = (key: IssuedKey): string =>
  `${describeKey(key)}\n  ${key.key}\n\nThe key is shown this once. Send it as Authorization: Bearer KEY, or as X-API-Key: KEY.\n`

/** All keys, one a line. */
export function tableOf(keys: ApiKey[]): string {
  if (keys.length === 0) return 'There are no API keys.\n'
  const head = ['ID', 'STATUS', 'SCOPES', 'EXPIRES', 'LAST USED', 'NAME']
  const rows = keys.map(({ id, status, scopes, expires_at, last_used_at, name }) => [
    id,
    status,
    scopes.join(','),
    expires_at?.slice(0, 16) ?? 'never',
    last_used_at?.slice(0, 16) ?? 'never',
    name,
  ])
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  return [head, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
