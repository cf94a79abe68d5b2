/**
 * Players of YouTube that were prepared once and are run by many jobs. A job only names the address of a player that is not
 * known: the worker fetches it, and has it prepared apart. So no job has a part in what another one runs.
 */
import { isPlayerAddress } from './player-address.ts'
import type { PlayerFiles } from './player-files.ts'

/** What a job is given (`python/players.py`). */
export interface PlayersOfJob {
  readonly folder: string
  /** The digest of the file, by the address of the player. */
  readonly known: Readonly<Record<string, string>>
}

export interface KeptPlayers {
  ofJob(): PlayersOfJob
  /**
   * A job had to solve from the source at this address. Prepares it in the background, unless that is done, cannot be, or
   * failed within the last hour.
   */
  met(address: string): void
  /** Resolves when nothing is being prepared. */
  settled(): Promise<void>
  /** Gives up what is being prepared, and resolves when nothing of it runs. Nothing is prepared any more. */
  close(): Promise<void>
}

export interface KeptPlayersOptions {
  readonly files: PlayerFiles
  /** Resolves with the source that lies at the address. */
  readonly fetch: (address: string, signal: AbortSignal) => Promise<Buffer>
  /** Resolves with what jobs are to run. */
  readonly prepare: (source: Buffer, signal: AbortSignal) => Promise<Buffer>
  readonly logger?: { debug(fields: object, message: string): void; warn(fields: object, message: string): void }
  readonly now?: () => number
}

const KNOWN_MAX = 8
/** Then it is fetched anew, should YouTube ever change what lies at an address. */
const KNOWN_MS = 6 * 3_600_000
/** A job that was taken over may name addresses without end. YouTube changes its player some times a day. */
const ATTEMPTS_MAX = 12
const ATTEMPTS_WITHIN_MS = 3_600_000
/** One player that cannot be prepared is named by every job that meets it, and must not take the attempts of all others. */
const FAILED_MAX = 64
const FAILED_MS = 3_600_000

interface Known {
  readonly digest: string
  readonly since: number
}

export function keepPlayers({ files, fetch, prepare, logger, now = Date.now }: KeptPlayersOptions): KeptPlayers {
  const known = new Map<string, Known>()
  const failedAt = new Map<string, number>()
  let attempts: number[] = []
  let preparing: Promise<void> | null = null
  const closing = new AbortController()
  const { signal } = closing

  const isKept = async (address: string): Promise<boolean> => {
    const entry = known.get(address)
    return entry !== undefined && now() - entry.since < KNOWN_MS && (await files.holds(entry.digest))
  }
  const keep = (address: string, digest: string): void => {
    failedAt.delete(address)
    remember(known, KNOWN_MAX, address, { digest, since: now() })
  }
  const bring = async (address: string): Promise<void> => {
    try {
      if (await isKept(address)) return
      known.delete(address)
      if (now() - (failedAt.get(address) ?? Number.NEGATIVE_INFINITY) < FAILED_MS) return
      attempts = attempts.filter((at) => now() - at < ATTEMPTS_WITHIN_MS)
      if (attempts.length >= ATTEMPTS_MAX) return
      attempts.push(now())
      const startedAt = now()
      keep(address, await files.write(await prepare(await fetch(address, signal), signal)))
      logger?.debug({ address, ms: now() - startedAt }, 'a player was prepared')
    } catch (error) {
      if (signal.aborted) return
      remember(failedAt, FAILED_MAX, address, now())
      logger?.warn({ err: error, address }, 'a player could not be prepared, so each job solves from its source')
    }
  }
  return {
    ofJob: () => ({
      folder: files.folder,
      known: Object.fromEntries(
        [...known]
          .filter(([, { since }]) => now() - since < KNOWN_MS)
          .map(([address, { digest }]) => [address, digest]),
      ),
    }),
    met(address) {
      // One at a time: whoever comes meanwhile solves by itself, and the next one names it again.
      if (preparing !== null || signal.aborted || !isPlayerAddress(address)) return
      preparing = bring(address).finally(() => {
        preparing = null
      })
    },
    settled: async () => preparing ?? undefined,
    async close() {
      closing.abort()
      await preparing
    },
  }
}

/** Sets it as the newest one. The oldest ones beyond the bound are forgotten. */
function remember<Value>(entries: Map<string, Value>, most: number, address: string, value: Value): void {
  entries.delete(address)
  entries.set(address, value)
  for (const oldest of [...entries.keys()].slice(0, Math.max(0, entries.size - most))) entries.delete(oldest)
}
