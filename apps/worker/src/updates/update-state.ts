/**
 * What is decided about versions of yt-dlp, for all workers that share the folder and for the command line: numbered files, of
 * which the highest holds. Whoever decides writes the next number, which the file system gives to one alone, so there is no lock
 * that a killed process could leave behind.
 */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VersionRefusal } from '@video-scraper/contracts'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** It becomes a part of a path. */
const Version = Type.String({ pattern: '^[0-9][0-9a-z.]{0,59}$' })
/** Epoch milliseconds. */
const Time = Type.Number()
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const UpdateState = Type.Object({
  /** What jobs are done with. Null: the pinned one. */
  serving: orNull(Version),
  /** What served before. Null: the pinned one. */
  before: orNull(Version),
  /** What gets a share of the jobs. */
  trial: orNull(Type.Object({ version: Version, since: Time })),
  /** Newest last. */
  refused: Type.Array(Type.Object({ version: Version, reason: VersionRefusal, at: Time })),
  /** The last look for a newer one. `problem`: why it found out nothing. */
  looked: orNull(Type.Object({ at: Time, problem: orNull(Type.String()) })),
})
export type UpdateState = Static<typeof UpdateState>

export const NOTHING_DECIDED: UpdateState = { serving: null, before: null, trial: null, refused: [], looked: null }

/** Of each list: what was refused longest ago may be tried again. */
const REFUSED_MAX = 50
const ATTEMPTS_MAX = 100
const KEPT = 5
/** A number is free again when its file is gone, so it must not go while somebody may still want to be the next after it. */
const KEPT_MS = 3_600_000
const NAME = /^state\.(\d{1,12})\.json$/

export interface UpdateStates {
  read(): Promise<UpdateState>
  /**
   * Writes what `decide` makes of the state that holds. It is called again where somebody else was first; null: nothing is
   * to be changed. Resolves with what holds then.
   */
  change(decide: (state: UpdateState) => UpdateState | null): Promise<UpdateState>
}

/**
 * `folder`: made where it is not there. A file that holds no state counts as nothing decided. Where the folder or a file cannot
 * be read, all of it rejects, so that nothing is decided anew over what may be there.
 */
export function updateStatesIn(folder: string): UpdateStates {
  const newest = async (): Promise<{ number: number; state: UpdateState }> => {
    const names = await readdir(folder).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return []
      throw error
    })
    const numbers = names.map((name) => Number(NAME.exec(name)?.[1] ?? 0)).sort((one, other) => other - one)
    const number = numbers[0] ?? 0
    return { number, state: number === 0 ? NOTHING_DECIDED : await stateIn(join(folder, nameOf(number))) }
  }
  const tidy = async (number: number): Promise<void> => {
    for (const name of await readdir(folder)) {
      const old = Number(NAME.exec(name)?.[1] ?? number)
      if (old > number - KEPT) continue
      const path = join(folder, name)
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
      if (Date.now() - mtimeMs > KEPT_MS) await rm(path, { force: true })
    }
  }
  return {
    read: async () => (await newest()).state,
    async change(decide) {
      await mkdir(folder, { recursive: true, mode: 0o755 })
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        const { number, state } = await newest()
        const next = decide(state)
        if (next === null) return state
        const unfinished = join(folder, `.unfinished-${randomUUID()}.json`)
        try {
          await writeFile(unfinished, JSON.stringify({ ...next, refused: next.refused.slice(-REFUSED_MAX) }), {
            flush: true,
          })
          await link(unfinished, join(folder, nameOf(number + 1)))
          await tidy(number + 1)
          return next
        } catch (error) {
          if (!hasCode(error, 'EEXIST')) throw error
        } finally {
          await rm(unfinished, { force: true })
        }
      }
      throw new Error('The state of updates is changed by others all the time.')
    },
  }
}

const nameOf = (number: number): string => `state.${number}.json`

async function stateIn(path: string): Promise<UpdateState> {
  const text = await readFile(path, 'utf8')
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(UpdateState, value) ? value : NOTHING_DECIDED
  } catch {
    return NOTHING_DECIDED
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code
