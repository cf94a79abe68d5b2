/** Follows what is decided about versions of yt-dlp, looks for newer ones, tries them on a share of the jobs, and goes back by itself. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { VersionRefusal } from '@video-scraper/contracts'
import type { Engine, SandboxInForce } from '@video-scraper/ytdlp'
import { beginTrial, isRefused, looked, refuse, serve } from './decisions.ts'
import type { Channel, InstalledVersions } from './installed-versions.ts'
import { readyVersion, SelfCheckFailed } from './ready-version.ts'
import { startTrial, type Trial, type TrialCounts } from './trial.ts'
import { NOTHING_DECIDED, type UpdateState, type UpdateStates } from './update-state.ts'
import type { VersionedEngine } from './versioned-engine.ts'
import { compareVersions, normalVersion } from './ytdlp-version.ts'

const FOLLOW_EVERY_MS = 5_000
const LOOK_EVERY_MS = 6 * 3_600_000
/** Workers that were started together must not ask together. */
const JITTER_MS = 30 * 60_000

interface UpdatesOptions {
  readonly channel: Channel
  readonly states: UpdateStates
  readonly installed: InstalledVersions
  readonly engine: VersionedEngine
  /** The pinned one, as yt-dlp tells it, and where it lies. */
  readonly pinned: { readonly version: string; readonly home: string }
  /** What holds the jobs of the pinned one. */
  readonly sandbox: SandboxInForce
  readonly makeEngine: (home: string) => Engine
  readonly ffmpeg: string
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** Hears of each change of this worker's versions. */
  readonly onEvent: (event: UpdateEvent) => void
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** How often it is looked at what others decided, in milliseconds. Default 5 s. */
  readonly followEveryMs?: number
}

export type UpdateEvent =
  | { readonly event: 'trial_began' | 'served'; readonly version: string }
  | { readonly event: 'refused'; readonly version: string; readonly reason: VersionRefusal }

export interface UpdatesNow {
  readonly state: UpdateState
  readonly trial: ({ readonly version: string; readonly since: number } & TrialCounts) | null
}

interface Updates {
  /** Does what is decided by now. Never rejects. */
  follow(): Promise<void>
  /** Looks for a newer version and begins its trial. Never rejects: what goes wrong is logged and changes nothing. */
  look(): Promise<void>
  now(): UpdatesNow
  /** Begins to follow, and to look every six hours. */
  start(): void
  close(): Promise<void>
}

export function createUpdates(options: UpdatesOptions): Updates {
  const { channel, states, installed, engine, pinned, sandbox, makeEngine, ffmpeg, log, onEvent } = options
  const now = options.now ?? Date.now
  const pinnedVersion = normalVersion(pinned.version) ?? '0.0.0'
  const closing = new AbortController()
  const { signal } = closing
  /** Null: the pinned one. */
  let serving: string | null = null
  let trial: { readonly version: string; readonly since: number; readonly counted: Trial } | null = null
  let state: UpdateState | null = null
  const told = new Set<string>()

  /** An image that was made anew may pin what is newer than anything that was installed. */
  const isNewer = (version: string, than: string | null): boolean => compareVersions(version, than ?? pinnedVersion) > 0
  const wantedOf = (version: string | null | undefined): string | null =>
    version != null && isNewer(version, null) ? version : null

  const once = (key: string, tell: () => void): void => {
    if (told.has(key)) return
    told.add(key)
    tell()
  }
  const hear = (next: UpdateState): void => {
    const known = new Set((state ?? next).refused.map(keyOf))
    for (const each of next.refused) {
      if (known.has(keyOf(each))) continue
      log.warn({ ytdlpVersion: each.version, reason: each.reason }, 'a version of yt-dlp is not used any more')
      onEvent({ event: 'refused', version: each.version, reason: each.reason })
    }
    state = next
  }
  const homeOf = async (version: string | null): Promise<string | null> => {
    const home = version === null ? pinned.home : await installed.homeOf(version)
    if (home === null) {
      once(`absent ${version}`, () =>
        log.warn(
          { ytdlpVersion: version },
          'a version of yt-dlp is not installed for this worker, so it goes on without',
        ),
      )
    }
    return home
  }
  const ready = async (home: string, isChecked: boolean) =>
    readyVersion({ engine: makeEngine(home), ffmpeg, sandbox, signal, isChecked })
  const refuseVersion = async (version: string, reason: VersionRefusal, fields: object): Promise<void> => {
    log.warn({ ytdlpVersion: version, reason, ...fields }, 'a version of yt-dlp is refused')
    hear(await states.change(refuse(version, reason, now())))
  }

  const serveVersion = async (version: string | null): Promise<void> => {
    if (version === serving) return
    if (version !== null && trial?.version === version) {
      const tried = engine.trial()
      if (tried !== null) engine.exchange(tried)
      trial = null
    } else {
      const home = await homeOf(version)
      if (home === null) return
      // It was checked before it was decided on; where it does not even start here, that is found out now.
      engine.exchange(await ready(home, true))
    }
    serving = version
    const { version: ytdlpVersion } = engine.serving()
    log.info({ ytdlpVersion }, 'jobs are done with another version of yt-dlp')
    onEvent({ event: 'served', version: ytdlpVersion })
  }

  const tryVersion = async (wanted: { version: string; since: number } | null): Promise<void> => {
    if ((wanted?.version ?? null) === (trial?.version ?? null)) return
    engine.endTrial()
    trial = null
    const home = wanted === null ? null : await homeOf(wanted.version)
    if (wanted === null || home === null) return
    const next = await ready(home, false)
    const counted = startTrial(wanted.since)
    trial = { ...wanted, counted }
    engine.begin(next, (end) => {
      counted.note(end)
      void decide()
    })
    log.info({ ytdlpVersion: next.version }, 'a share of the jobs tries another version of yt-dlp')
    onEvent({ event: 'trial_began', version: next.version })
  }

  /** Refuses what turns out not to do what jobs need, and goes on with what there is. */
  const unlessBroken = async (version: string | null, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof SelfCheckFailed) || version === null) throw error
      await refuseVersion(version, 'self_check_failed', { problem: error.message })
    }
  }

  let deciding = false
  const decide = async (): Promise<void> => {
    const verdict = trial?.counted.verdict(now()) ?? null
    if (trial === null || verdict === null || deciding) return
    deciding = true
    const { version, counted } = trial
    try {
      if (verdict === 'worse') await refuseVersion(version, 'broke_more_often', counted.counts())
      else await states.change((found) => (found.trial?.version === version ? serve(version)(found) : null))
      await follow()
    } catch (error) {
      log.warn({ err: error }, 'what came of a trial could not be written down; tried again')
    } finally {
      deciding = false
    }
  }

  const followNow = async (): Promise<void> => {
    try {
      hear(await states.read())
      const wanted = wantedOf(state?.serving)
      await unlessBroken(wanted, () => serveVersion(wanted))
      const trying = wantedOf(state?.trial?.version) === null ? null : (state?.trial ?? null)
      await unlessBroken(trying?.version ?? null, () => tryVersion(trying))
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'what is decided about yt-dlp could not be done; tried again')
    }
  }
  /** One after the other: each may exchange the engine. */
  let following = Promise.resolve()
  const follow = (): Promise<void> => {
    following = following.then(followNow)
    return following
  }

  const lookNow = async (): Promise<void> => {
    const newest = await installed.newest(channel, signal)
    const found = await states.read()
    const isWanted = isNewer(newest, found.serving) && isNewer(newest, null) && !isRefused(found, newest)
    if (isWanted && found.trial === null) {
      if ((await installed.homeOf(newest)) === null) {
        log.info({ ytdlpVersion: newest }, 'a newer yt-dlp is being installed')
        await installed.install(newest, signal)
      }
      await states.change((latest) => (latest.trial === null ? beginTrial(newest, now())(latest) : null))
      const kept = [found.serving, found.before, newest].filter((version) => version !== null)
      await installed.keepOnly(kept)
    }
    await states.change(looked(now(), null))
  }
  const look = async (): Promise<void> => {
    try {
      await lookNow()
      await follow()
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof Error ? error.message.slice(0, 300) : 'unknown'
      log.warn({ problem }, 'no newer yt-dlp could be had; the one that is there goes on')
      await states.change(looked(now(), problem)).catch(() => undefined)
    }
  }

  const loops: Promise<void>[] = []
  const every = (waitMs: () => number, work: () => Promise<void>): void => {
    const loop = async (): Promise<void> => {
      while (!signal.aborted) {
        await sleep(waitMs(), undefined, { signal, ref: false }).catch(() => undefined)
        if (!signal.aborted) await work()
      }
    }
    loops.push(loop())
  }
  const untilNextLook = (): number => {
    const due = (state?.looked?.at ?? 0) + LOOK_EVERY_MS - now()
    return Math.min(Math.max(due, 0), LOOK_EVERY_MS) + Math.random() * JITTER_MS
  }

  return {
    follow,
    look,
    now: () => ({
      state: state ?? NOTHING_DECIDED,
      trial: trial && { version: trial.version, since: trial.since, ...trial.counted.counts() },
    }),
    start() {
      every(
        () => options.followEveryMs ?? FOLLOW_EVERY_MS,
        async () => {
          await follow()
          await decide()
        },
      )
      every(untilNextLook, look)
    },
    async close() {
      closing.abort()
      await Promise.all([following, ...loops])
    },
  }
}

const keyOf = ({ version, at }: { version: string; at: number }): string => `${version} ${at}`
