/** A stage whose jobs have users of their own, where this machine can give them some, and a yt-dlp that was taken over. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, test } from '@jest/globals'
import { SANDBOX_MODULES } from '@video-scraper/sandbox'
import { type Engine, type JobUsers, openJobUsers } from '../src/index.ts'
import { reachedPython } from './reached-python.ts'
import { type Stage, startStage } from './stage.ts'
import { startHostileSource, takenOverHome } from './taken-over.ts'

export const self = process.getuid?.() ?? 0

/** Starts a process of that user, which ends by itself after a minute. */
export async function processOf(uid: number): Promise<ChildProcess> {
  const child = spawn('/bin/sleep', ['60'], { uid, gid: uid, detached: true, stdio: 'ignore' })
  await once(child, 'spawn')
  return child
}

export interface OwnUsersRig {
  readonly stage: Stage
  readonly source: Awaited<ReturnType<typeof startHostileSource>>
  /** A yt-dlp that does what `source` sends. */
  readonly home: string
  /**
   * A test that needs users for jobs, and passes where there are none: Jest names its tests before it knows what this machine
   * allows.
   */
  where(name: string, work: (users: JobUsers) => Promise<void>, timeoutMs?: number): void
  openMore(name: string): Promise<JobUsers>
  ask(engine: Engine, job: Parameters<Engine['extractInfo']>[1]): ReturnType<Engine['extractInfo']>
}

/** One stage for all tests of the file. */
export function useOwnUsers(): OwnUsersRig {
  let stage: Stage
  let source: Awaited<ReturnType<typeof startHostileSource>>
  let home: string

  beforeAll(async () => {
    source = await startHostileSource()
    stage = await startStage({ allow: [source.place], warm: null, python: reachedPython() })
    home = takenOverHome(stage.options, (await stage.job()).folder)
    if (stage.users === null)
      process.stderr.write('Jobs get no users of their own here, so nothing of this is tested.\n')
  }, 60_000)
  afterAll(async () => {
    await stage?.stop()
    await source?.stop()
  })

  const where = (name: string, work: (users: JobUsers) => Promise<void>, timeoutMs = 60_000) =>
    test(name, () => (stage.users ? work(stage.users) : Promise.resolve()), timeoutMs)

  const openMore = async (name: string): Promise<JobUsers> => {
    const lockFolder = join((await stage.job()).folder, name)
    const users = await openJobUsers({
      python: stage.options.python,
      from: 40_000,
      lockFolder,
      modules: SANDBOX_MODULES,
      reach: [],
    })
    if (typeof users === 'string') throw new Error(users)
    return users
  }

  const ask = (engine: Engine, job: Parameters<Engine['extractInfo']>[1]) =>
    engine.extractInfo({ url: source.url }, job)

  return {
    get stage() {
      return stage
    },
    get source() {
      return source
    },
    get home() {
      return home
    },
    where,
    openMore,
    ask,
  }
}
