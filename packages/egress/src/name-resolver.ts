/**
 * Resolves names with Node's own DNS client (c-ares). The system's `getaddrinfo` would run in the thread pool, which
 * Node shares with files and compression, four calls at a time: a few names whose servers are silent would stop it.
 */
import { Resolver } from 'node:dns/promises'
import { fromFile, parseHostsFile } from './hosts-file.ts'
import { createTurns } from './turns.ts'

/** Who wants a name resolved. Its names wait for each other, and not for those of others. */
export interface Requester {
  /** Whose share is used: a client, as fair shares tell them apart. */
  readonly owner: string
  readonly job: string
}

/** All addresses of a name, IPv4 first. Rejects where there are none, or nobody answers in time. */
export type ResolveName = (hostname: string, requester?: Requester) => Promise<string[]>

export interface NameResolverOptions {
  /** `address:port` each (`parseDnsServers`). Empty or not given: the servers of the system. */
  readonly servers?: readonly string[]
  /** Default `/etc/hosts`. What it says of a name is the whole truth, as for the system's own resolver. */
  readonly hostsFile?: string
  /** How long the first try waits for an answer, in milliseconds; a later one waits twice as long. Default 2 s. */
  readonly timeoutMs?: number
  /** How long a failure is the answer for whoever asks again, in milliseconds. Default 5 s. */
  readonly failureMs?: number
}

/** A second question to each server. With the default times a silent server is given up after 6 s. */
const TRIES = 2
/** RFC 8305 section 3 waits for IPv6 that long when IPv4 is there. Only what is checked is connected to. */
const OTHER_FAMILY_MS = 50
const NAMES_OF_JOB = { atOnce: 4, waiting: 128 }
/** Above the number of a worker's jobs and deliveries that one owner has in flight as a rule. */
const NAMES_OF_OWNER = { atOnce: 16, waiting: 512 }
const NAMES_OF_ALL = { atOnce: 256, waiting: 4_096 }
/** Whoever waited this long for a turn has given up. */
const WAIT_MAX_MS = 10_000
const FAILURES_MAX = 1_000
const RESOLV_CONF = '/etc/resolv.conf'
const NOBODY: Requester = { owner: '', job: '' }

/**
 * Names are asked for as they are written: the search list of resolv.conf(5) is not used, nor is any other source of
 * names that nsswitch.conf(5) may list. `localhost` and names below it are loopback (RFC 6761 section 6.3).
 */
export function createNameResolver(options: NameResolverOptions = {}): ResolveName {
  const { servers = [], hostsFile = '/etc/hosts', timeoutMs = 2_000, failureMs = 5_000 } = options
  const hosts = fromFile(hostsFile, parseHostsFile)
  const ofJob = createTurns(NAMES_OF_JOB)
  const ofOwner = createTurns(NAMES_OF_OWNER)
  const ofAll = createTurns(NAMES_OF_ALL)
  const failures = createFailures(failureMs)
  const asking = new Map<string, Promise<string[]>>()
  // A machine that moves to another network gets other servers.
  const resolver = fromFile(servers.length > 0 ? '' : RESOLV_CONF, () => {
    const made = new Resolver({ timeout: timeoutMs, tries: TRIES })
    if (servers.length > 0) made.setServers(servers)
    return made
  })

  /** Those who want the same name at the same moment share the answer. It is not kept: each connection is checked anew. */
  const ask = (name: string): Promise<string[]> => {
    const answer = asking.get(name) ?? askServers(resolver(), name).finally(() => asking.delete(name))
    asking.set(name, answer)
    return answer
  }

  return async (hostname, { owner, job } = NOBODY) => {
    const name = hostname.toLowerCase()
    const known = hosts().get(name) ?? (/^(.+\.)?localhost$/.test(name) ? ['127.0.0.1', '::1'] : null)
    if (known) return known
    const since = Date.now()
    const resolve = async () => {
      if (Date.now() - since > WAIT_MAX_MS) throw new Error('Its turn came too late.')
      // Looked up when its turn has come: what was asked for meanwhile need not be asked for again.
      failures.throwIfKnown(name)
      return ask(name).catch((error: unknown) => {
        failures.add(name, error)
        throw error
      })
    }
    return ofJob.take(`${owner} ${job}`, () => ofOwner.take(owner, () => ofAll.take('', resolve)))
  }
}

/** Both families are asked for at once. IPv6 alone is waited for in full, as IPv4 is. */
async function askServers(resolver: Resolver, name: string): Promise<string[]> {
  const ipv4 = settled(resolver.resolve4(name))
  const ipv6 = settled(resolver.resolve6(name))
  const first = await ipv4
  const second = 'addresses' in first ? await within(OTHER_FAMILY_MS, ipv6, NOTHING) : await ipv6
  const addresses = [first, second].flatMap((each) => ('addresses' in each ? each.addresses : []))
  if (addresses.length === 0) throw 'error' in first ? first.error : new Error('The name has no address.')
  return addresses
}

type Settled = { readonly addresses: string[] } | { readonly error: unknown }
const NOTHING: Settled = { addresses: [] }

const settled = (answer: Promise<string[]>): Promise<Settled> =>
  answer.then(
    (addresses) => ({ addresses }),
    (error: unknown) => ({ error }),
  )

async function within<Value>(ms: number, answer: Promise<Value>, otherwise: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** What is true of a name for a while: that it is not there (RFC 2308), or that its servers are silent. */
const LASTING = new Set(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT', 'EREFUSED'])

/** Remembers failures for a short time, the latest of them only. */
function createFailures(lifeMs: number) {
  const failures = new Map<string, { readonly error: unknown; readonly until: number }>()
  return {
    throwIfKnown(name: string): void {
      const failure = failures.get(name)
      if (!failure) return
      if (Date.now() < failure.until) throw failure.error
      failures.delete(name)
    },
    add(name: string, error: unknown): void {
      if (!LASTING.has((error as NodeJS.ErrnoException).code ?? '')) return
      failures.delete(name)
      failures.set(name, { error, until: Date.now() + lifeMs })
      const [oldest] = failures.keys()
      if (failures.size > FAILURES_MAX && oldest !== undefined) failures.delete(oldest)
    },
  }
}
