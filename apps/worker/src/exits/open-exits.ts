/** The exits of this worker: the operator's file, what gateways may know of it, and how jobs reach their sources. */
import { createHmac } from 'node:crypto'
import { keyFor, type Logger, openOperatorsFile, type SecretKeys } from '@video-scraper/boot'
import type { EgressProxy } from '@video-scraper/egress'
import { createSiteTurns } from '@video-scraper/queue'
import { createExitHealth, keepExitsPublished } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import type { WorkerSettings } from '../config.ts'
import { type ExitTable, NO_EXITS } from './exit-table.ts'
import { exitTableOf } from './read-exits.ts'
import { createSourceAccess, type SourceAccess } from './source-access.ts'

const MINUTE_MS = 60_000

export interface ExitsFile {
  /** As the file says now; where that is not usable, as it said before. */
  current(): ExitTable
  stop(): void
}

/** Throws where the file cannot be used at the start. */
export function openExitsFile(path: string, secretKeys: SecretKeys, logger: Logger): ExitsFile {
  if (path === '') return { current: () => NO_EXITS, stop: () => undefined }
  const digestOf = digestWith(secretKeys)
  return openOperatorsFile({
    path,
    setting: 'EGRESS_EXITS_FILE',
    absent: NO_EXITS,
    read: (text) => exitTableOf(text, digestOf),
    logger,
  })
}

/** Names the way of jobs without an exit of their own, as Redis may know it. `setting`: `EGRESS_UPSTREAM_PROXY`. */
export const defaultWayOf = (setting: string, secretKeys: SecretKeys): string =>
  setting.trim() === '' ? 'direct' : digestWith(secretKeys)(setting.trim())

/** An address may hold a password that could be guessed, so what is kept of it is made with a key. */
function digestWith(secretKeys: SecretKeys): (address: string) => string {
  const key = keyFor('names of exits', secretKeys[0])
  return (address) => createHmac('sha256', key).update(address).digest('hex').slice(0, 32)
}

interface SourcesDependencies {
  readonly file: ExitsFile
  readonly egress: EgressProxy
  readonly redis: Redis
  readonly defaultWay: string
  readonly settings: Pick<WorkerSettings, 'SITE_REST_AFTER' | 'SITE_REST_MINUTES'>
  readonly logger: Logger
}

export function openSources({ file, egress, redis, defaultWay, settings, logger }: SourcesDependencies): {
  readonly access: SourceAccess
  stop(): void
} {
  const published = keepExitsPublished(redis, () => {
    const { countries, sites, rates } = file.current()
    return { countries: [...countries.keys()], sites: [...new Set([...sites.keys(), ...rates.keys()])] }
  })
  const access = createSourceAccess({
    egress,
    exits: file.current,
    defaultWay,
    health: createExitHealth(redis),
    turns: createSiteTurns(redis),
    rest: { after: settings.SITE_REST_AFTER, restMs: settings.SITE_REST_MINUTES * MINUTE_MS },
    log: logger,
  })
  return { access, stop: published.stop }
}
