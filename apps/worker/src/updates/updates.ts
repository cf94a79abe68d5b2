/** Follows what is decided about versions of yt-dlp, looks for newer ones, tries them on a share of the jobs, and goes back by itself. */
import type { VersionRefusal } from '@video-scraper/contracts'
import { backoffMs } from '@video-scraper/core'
import type { Engine, SandboxInForce } from '@video-scraper/ytdlp'
import { looked, refuse, serve } from './decisions.ts'
import type { Channel, InstalledVersions } from './installed-versions.ts'
import { lookForNewer } from './look-for-newer.ts'
import { createLoops } from './loops.ts'
import { readyVersion, SelfCheckFailed } from './ready-version.ts'
import { startTrial, type Trial, type TrialCounts } from './trial.ts'
import { NOTHING_DECIDED, type UpdateState, type UpdateStates } from './update-state.ts'
import type { VersionedEngine } from './versioned-engine.ts'
import { normalVersion, wantedBeside } from './ytdlp-version.ts'

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
  /** Goes over to the version that is decided to serve, and begins no trial. Never rejects. */
  serveDecided(): Promise<void>
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
  /** A version that serves elsewhere and could not be made ready here, and until when it is left alone. */
  let failed: { readonly version: string | null; readonly times: number; readonly untilMs: number } | null = null
  const reported = new Set<string>()
  const wantedOf = (version: string | null | undefined): string | null => wantedBeside(version, pinnedVersion)

  const once = (key: string, tell: () => void): void => {
    if (reported.has(key)) return
    reported.add(key)
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
    const counted = startTrial(now())
    trial = { ...wanted, counted }
    engine.begin(next, (end) => {
      counted.note(end)
      void decide()
    })
    log.info({ ytdlpVersion: next.version }, 'a share of the jobs tries another version of yt-dlp')
    onEvent({ event: 'trial_began', version: next.version })
  }

  /** Refuses what turns out not to do what jobs need, and goes on with what there is. */
  const tryUnlessBroken = async (wanted: UpdateState['trial']): Promise<void> => {
    try {
      await tryVersion(wanted)
    } catch (error) {
      if (!(error instanceof SelfCheckFailed) || wanted === null) throw error
      await refuseVersion(wanted.version, 'self_check_failed', { problem: error.message })
    }
  }
  /** It has proved itself, so this worker has a fault: a refusal would take the version from all others, too. */
  const serveWhereReady = async (version: string | null): Promise<void> => {
    if (failed !== null && failed.version === version && now() < failed.untilMs) return
    try {
      await serveVersion(version)
      failed = null
    } catch (error) {
      if (!(error instanceof SelfCheckFailed)) throw error
      const times = failed?.version === version ? failed.times + 1 : 1
      const waitMs = backoffMs({ failedAttempts: times, random: Math.random() })
      failed = { version, times, untilMs: now() + waitMs }
      log.warn(
        { ytdlpVersion: version, problem: error.message, waitMs },
        'the version of yt-dlp that serves could not be made ready here, so the one that is there goes on; tried again',
      )
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

  const followNow = async (isTrialToo: boolean): Promise<void> => {
    try {
      hear(await states.read())
      await serveWhereReady(wantedOf(state?.serving))
      if (!isTrialToo) return
      await tryUnlessBroken(wantedOf(state?.trial?.version) === null ? null : (state?.trial ?? null))
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'what is decided about yt-dlp could not be done; tried again')
    }
  }
  /** One after the other: each may exchange the engine. */
  let following = Promise.resolve()
  const followWith = (isTrialToo: boolean): Promise<void> => {
    following = following.then(() => followNow(isTrialToo))
    return following
  }
  const follow = (): Promise<void> => followWith(true)

  const look = async (): Promise<void> => {
    try {
      await lookForNewer({ channel, states, installed, pinnedVersion, now, log }, signal)
      await follow()
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof Error ? error.message.slice(0, 300) : 'unknown'
      log.warn({ problem }, 'no newer yt-dlp could be had; the one that is there goes on')
      await states.change(looked(now(), problem)).catch(() => undefined)
    }
  }

  const loops = createLoops(signal)
  const untilNextLook = (): number => {
    const due = (state?.looked?.at ?? 0) + LOOK_EVERY_MS - now()
    return Math.min(Math.max(due, 0), LOOK_EVERY_MS) + Math.random() * JITTER_MS
  }

  return {
    serveDecided: () => followWith(false),
    follow,
    look,
    now: () => ({
      state: state ?? NOTHING_DECIDED,
      trial: trial && { version: trial.version, since: trial.since, ...trial.counted.counts() },
    }),
    start() {
      loops.every(
        () => options.followEveryMs ?? FOLLOW_EVERY_MS,
        async () => {
          await follow()
          await decide()
        },
      )
      loops.every(untilNextLook, look)
    },
    async close() {
      closing.abort()
      await Promise.all([following, loops.ended()])
    },
  }
}

const keyOf = ({ version, at }: { version: string; at: number }): string => `${version} ${at}`
