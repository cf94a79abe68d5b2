/** The cookies of a job: opened for an attempt, and brought back into their set when a site has changed them. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { WarningCode } from '@video-scraper/contracts'
import { CookieChange, type CookieSets, type OpenedSet } from '@video-scraper/cookies'
import { JobFailure } from '@video-scraper/core'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import { Value } from 'typebox/value'
import { answered } from './answered.ts'

export interface CookieDependencies {
  cookieSets: CookieSets
  log: JobLog
}

/** What the engine is given (`JobCookies` of its package). */
export interface AttachedCookies {
  readonly site: string
  readonly file: string
  readonly cookies: OpenedSet['cookies']
}

interface CookieWork<T> {
  /** Where the attempt works. */
  readonly folder: string
  /** What the attempt could not have so far. */
  warnings(): readonly WarningCode[]
  /** Null: the job has no cookies. */
  run(cookies: AttachedCookies | null): Promise<T>
}

/** A file of changes names the set that its attempt began with: one that was stored anew since is left as it is. */
const FILE = /^cookies-([0-9a-f-]{36})-[0-9a-f]{16}\.json$/
/** 500 changes of the greatest size take more, and no site makes those. */
const FILE_BYTES_MAX = 1024 * 1024
/** Of attempts that did not live to bring their changes back. */
const FILES_MAX = 20

/** A set holds no more cookies. */
const CHANGES_MAX = 500
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Runs one attempt with the cookies that its job names. What a site changed is brought back also where the attempt fails, and
 * what an attempt before it left in the folder first of all: its worker was killed. Rejects with the `JobFailure`
 * `cookies_expired` where the set has nothing for the site, with `SecretKeyUnknown`, which is a failure that is tried again, and where
 * Redis does not answer so that the job is handed back.
 */
export async function withCookies<T>(
  { cookieSets, log }: CookieDependencies,
  { id, envelope }: Pick<RunningJob, 'id' | 'envelope'>,
  { folder, warnings, run }: CookieWork<T>,
): Promise<T> {
  const { owner, url, options } = envelope
  const { cookies: name } = options
  if (name === undefined) return run(null)
  await bringBack({ cookieSets }, { envelope }, folder)
  const set = await answered(cookieSets.open(owner, name, new URL(url).hostname))
  if (set === null) {
    log.info({ jobId: id, cookies: name }, 'the cookie set has nothing for this site, or cannot be opened')
    throw new JobFailure('cookies_expired')
  }
  const file = join(folder, `cookies-${set.id}-${randomBytes(8).toString('hex')}.json`)
  let verdict: 'valid' | 'expired' | null = null
  try {
    const result = await run({ site: set.site, file, cookies: set.cookies })
    verdict = warnings().includes('cookies_expired') ? 'expired' : 'valid'
    return result
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'cookies_expired') verdict = 'expired'
    throw error
  } finally {
    await bringBack({ cookieSets }, { envelope }, folder)
    await answered(cookieSets.settle(set, [], verdict))
  }
}

/**
 * Brings back what an attempt has left in `folder`, which then may be removed. Nothing for a job without cookies. Rejects where
 * Redis does not answer, and with `SecretKeyUnknown`; the files stay then. A file that cannot be read yet belongs to the user of an
 * attempt that did not end in order; it can be when this one has ended.
 */
export async function bringBack(
  { cookieSets }: Pick<CookieDependencies, 'cookieSets'>,
  { envelope: { owner, url, options } }: Pick<RunningJob, 'envelope'>,
  folder: string,
): Promise<void> {
  const { cookies: name } = options
  if (name === undefined) return
  const { hostname: host } = new URL(url)
  const names = await readdir(folder).catch(() => [])
  for (const file of names.filter((each) => FILE.test(each)).slice(0, FILES_MAX)) {
    const path = join(folder, file)
    const changes = await changesIn(path)
    if (changes === null) continue
    const [, setId = ''] = FILE.exec(file) ?? []
    await answered(cookieSets.settle({ owner, name, id: setId, host }, changes, null))
    await unlink(path).catch(() => undefined)
  }
}

/** There is nothing to read, and never will be. A process without descriptors or a disk with a fault may read it another time. */
const GONE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ELOOP'])

/** Null: the file could not be read, and stays. Whatever else than changes lies under the name is none. */
async function changesIn(path: string): Promise<CookieChange[] | null> {
  let file: FileHandle
  try {
    file = await open(path, READ)
  } catch (error) {
    return GONE.has((error as NodeJS.ErrnoException).code) ? [] : null
  }
  try {
    const { size } = await file.stat()
    if (size > FILE_BYTES_MAX) return []
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0)
    return wellFormed(buffer.toString('utf8', 0, bytesRead))
  } catch {
    return null
  } finally {
    await file.close()
  }
}

/** Each change for itself: one that is malformed takes no other with it. */
function wellFormed(text: string): CookieChange[] {
  try {
    const changes: unknown = JSON.parse(text)
    const all: unknown[] = Array.isArray(changes) ? changes : []
    return all.filter((change) => Value.Check(CookieChange, change)).slice(0, CHANGES_MAX)
  } catch {
    return []
  }
}
